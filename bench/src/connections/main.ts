import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

// How many people may be connected at once, and what they wait: figures to read, no test.

/** One client: when it asked, when it heard the first word, and when the whole. */
type Client = { readonly socket: WebSocket; asked: number; first: number; whole: number };

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [connections, rounds] = [Number(values.connections), Number(values.rounds)];

const program = fileURLToPath(new URL('./server-main.ts', import.meta.url));
const server = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'] });
server.stderr.pipe(process.stderr, { end: false });
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const hear = async () => JSON.parse(String((await lines.next()).value)) as Record<string, string | number>;
const { address } = await hear();

async function read(figure: 'rssMb' | 'cpuMs'): Promise<number> {
  server.stdin.write('?');
  return Number((await hear())[figure]);
}
const readMemory = () => read('rssMb');

function open(): Promise<Client> {
  const socket = new WebSocket(`${String(address).replace('http', 'ws')}/api/socket`);
  const client: Client = { socket, asked: 0, first: 0, whole: 0 };
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('A connection was refused')));
    socket.addEventListener('message', () => resolve(client), { once: true });
  });
}

/** Says one thing and waits for the whole answer. */
function say(client: Client, messageId: string): Promise<void> {
  client.first = 0;
  client.asked = performance.now();
  return new Promise((resolve, reject) => {
    const listen = ({ data }: MessageEvent) => {
      const event = JSON.parse(String(data)) as { type: string };
      if (client.first === 0) client.first = performance.now();
      if (event.type === 'streaming_response') return;
      client.whole = performance.now();
      client.socket.removeEventListener('message', listen);
      if (event.type === 'message_response') resolve();
      else reject(new Error(String(data)));
    };
    client.socket.addEventListener('message', listen);
    client.socket.send(JSON.stringify({ type: 'chat_message', messageId, message: 'Hi' }));
  });
}

function percentile(sorted: readonly number[], portion: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * portion))] ?? 0).toFixed(0);
}

function report(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((portion) => percentile(sorted, portion));
  console.log(`${name}: p50 ${p50 ?? ''} ms, p95 ${p95 ?? ''} ms, p99 ${p99 ?? ''} ms`);
}

const before = await readMemory();
const began = performance.now();
const clients: Client[] = [];
while (clients.length < connections)
  clients.push(
    ...(await Promise.all(Array.from({ length: Math.min(100, connections - clients.length) }, open))),
  );
console.log(`${connections} connections opened in ${(performance.now() - began).toFixed(0)} ms`);
console.log(`server memory: ${before} MB before, ${await readMemory()} MB with all connections`);

for (let round = 1; round <= rounds; round += 1) {
  const [start, cpuBefore] = [performance.now(), await read('cpuMs')];
  const results = await Promise.allSettled(clients.map((client) => say(client, `m${round}`)));
  const failed = results.filter(({ status }) => status === 'rejected').length;
  const took = performance.now() - start;
  const rate = ((connections / took) * 1000).toFixed(0);
  const cpu = (((await read('cpuMs')) - cpuBefore) / connections).toFixed(2);
  console.log(
    `round ${round}: ${connections} messages at once, ${failed} failed, ${rate} answers/s, ${cpu} ms of CPU each`,
  );
  report(
    '  first word',
    clients.map(({ asked, first }) => first - asked),
  );
  report(
    '  whole answer',
    clients.map(({ asked, whole }) => whole - asked),
  );
}
// Spread out, as people speak: the others are connected and silent.
const alone: number[] = [];
for (const client of clients.slice(0, 200)) {
  await say(client, 'alone');
  alone.push(client.whole - client.asked);
}
report(`one message at a time among ${connections} connections`, alone);
console.log(`server memory: ${await readMemory()} MB after ${connections * rounds} messages`);
for (const { socket } of clients) socket.close();
const ended = once(server, 'exit');
server.stdin.end();
await ended;
