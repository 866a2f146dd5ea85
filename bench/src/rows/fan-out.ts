import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Audience, openAudience } from '../fan-out/clients.ts';
import type { Comparison, Measures, Row, Side } from '../harness/comparison.ts';
import { rounds } from '../workloads/sizes.ts';

const RAW = 'raw node:http SSE';
const TRPC_SSE = 'tRPC over SSE';
const TRPC_WS = 'tRPC over WebSocket';
const SOCKET_IO = 'socket.io';
const CPU = 'us of CPU a delivery';
const P95 = 'p95 ms';
const MEMORY = 'MB of the server';
const GROWTH = 'MB for its clients';
const EVENTS = 20;

/** Row 10: one event to everyone who watches. */
export const fanOut: Row = {
  number: 10,
  name: 'fan-out',
  comparisons: [
    async ({ size }): Promise<Comparison> => {
      const clients = size === 'quick' ? 50 : 1000;
      return {
        workload: `${clients.toLocaleString('en-US')} clients, ten events of 270 bytes a second`,
        rounds: rounds(size, 3),
        seen: 'raw 8-11; tRPC SSE 276-322, ws 33-42; socket.io 12-17',
        sides: [
          toSide('thalogos, the event route', { role: 'ours', form: 'ours', clients }),
          toSide(RAW, { role: 'limit', form: 'raw', clients }),
          toSide(TRPC_SSE, { role: 'peer', form: 'trpc-sse', clients }),
          toSide(TRPC_WS, { role: 'peer', form: 'trpc-ws', clients }),
          toSide(SOCKET_IO, { role: 'peer', form: 'socket.io', clients }),
        ],
        goals: [
          { kind: 'within', of: RAW, atMost: 1.2, measure: CPU },
          { kind: 'faster', than: TRPC_SSE, atLeast: 25, measure: CPU },
          { kind: 'faster', than: TRPC_WS, atLeast: 3, measure: CPU },
          { kind: 'faster', than: SOCKET_IO, atLeast: 1, measure: CPU },
          { kind: 'below', measure: P95, atMost: 50 },
          { kind: 'below', measure: MEMORY, atMost: 100 },
          { kind: 'below', measure: GROWTH, atMost: 100 },
        ],
        notes: () => [
          'Every server runs from source, with all that any of them needs: about 125 MB before the first client.',
        ],
        close: async () => undefined,
      };
    },
    async ({ size }): Promise<Comparison> => ({
      workload: '100 clients, ten events a second',
      rounds: rounds(size, 3),
      seen: '4.0-7.0 raw',
      sides: [
        toSide('thalogos, the event route', { role: 'ours', form: 'ours', clients: 100 }),
        toSide(RAW, { role: 'limit', form: 'raw', clients: 100 }),
      ],
      goals: [{ kind: 'below', measure: P95, atMost: 10 }],
      close: async () => undefined,
    }),
  ],
};

type Form = { readonly role: Side['role']; readonly form: string; readonly clients: number };

/** Each round begins with a new server and clients that are connected. */
function toSide(name: string, { role, form, clients }: Form): Side {
  let stage: Stage | undefined;
  return {
    name,
    role,
    prepare: async () => {
      stage = await openStage(form, clients);
    },
    run: async () => {
      if (stage === undefined) throw new Error(`${name} was not prepared`);
      const measures = await measure(stage, clients);
      await stage.close();
      return measures;
    },
  };
}

type Stage = {
  readonly server: ChildProcessWithoutNullStreams;
  readonly hear: () => Promise<Readonly<Record<string, number>>>;
  readonly idleMb: number;
  readonly audience: Audience;
  readonly close: () => Promise<void>;
};

async function openStage(form: string, clients: number): Promise<Stage> {
  const program = fileURLToPath(new URL('../fan-out/server-main.ts', import.meta.url));
  const server = spawn(process.execPath, [program, form], { stdio: ['pipe', 'pipe', 'pipe'] });
  server.stderr.resume();
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const hear = async () => JSON.parse(String((await lines.next()).value)) as Record<string, number>;
  const { port = 0, rssMb: idleMb = 0 } = await hear();
  const audience = await openAudience(form, port, clients);
  return {
    server,
    hear,
    idleMb,
    audience,
    close: async () => {
      audience.close();
      const ended = once(server, 'exit');
      server.stdin.end();
      await ended;
    },
  };
}

async function measure({ server, hear, audience, idleMb }: Stage, clients: number): Promise<Measures> {
  server.stdin.write(String(EVENTS));
  const { cpuUs = 0, rssMb = 0 } = await hear();
  const { latencies } = audience;
  if (latencies.length !== EVENTS * clients)
    throw new Error(`${String(latencies.length)} of ${String(EVENTS * clients)} deliveries came`);
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    [CPU]: cpuUs / latencies.length,
    [P95]: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    [MEMORY]: rssMb,
    [GROWTH]: rssMb - idleMb,
  };
}
