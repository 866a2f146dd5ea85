import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SmallTalk } from '@thalogos/smalltalk';
import { openSharedHost, type SharedHost, type SharedPlace, tellHost } from './support/shared-host.ts';
import { type Environment, playDirectly, type Stage } from './support/stage.ts';

type OtherProcess = ChildProcessByStdio<null, Readable, Readable>;
type Together = Pick<Stage, 'print'> & SharedHost & { readonly sessionId: string };

const NOTES = 5;
const LONGEST_MS = 60_000;

/** The host alone; the demonstration runs two of them on one Redis. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk(tellHost(environment));
}

/** Two processes in one session, of which one is killed while it speaks and has an order in hand. */
export async function demo({ print, environment }: Stage): Promise<void> {
  const { REDIS_URL: url } = environment;
  if (url === undefined) {
    print('Start a Redis, "redis-server --port 6379", and say where it is: REDIS_URL=redis://127.0.0.1:6379');
    return;
  }
  const place = { url, key: `two-processes:${randomUUID()}` };
  const host = await openSharedHost(environment, place);
  const { talk } = host;
  try {
    const { sessionId, content } = await talk.chat('My name is Ada');
    print(`this process: ${content}`);
    const together = { ...host, print, sessionId };
    const noted = await talkUntilKilled(together, startOther(place, sessionId));
    print('the other process was killed');
    await tellWhatIsLost(together, noted);
    print(`this process: ${(await talk.chat('Who am I?', { sessionId })).content}`);
    await takeOver(together);
    await talk.deleteSession(sessionId);
  } finally {
    await host.close();
  }
}

function startOther({ url, key }: SharedPlace, sessionId: string): OtherProcess {
  const program = fileURLToPath(new URL('support/second-host.ts', import.meta.url));
  const other = spawn(process.execPath, [program, url, key, sessionId], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  });
  other.stderr.on('data', (said: Buffer) => process.stderr.write(said));
  return other;
}

/** Speaks in the session together with the other process and kills it; gives the notes that were acknowledged to each. */
async function talkUntilKilled(together: Together, other: OtherProcess): Promise<string[]> {
  const noted: string[] = [];
  let isHolding = false;
  for await (const line of createInterface({ input: other.stdout })) {
    const [verb, what] = splitLine(line);
    if (verb === 'noted') noted.push(`The other's note ${what}`, await takeNote(together, Number(what)));
    else await hear(together, verb, what);
    if (verb === 'holds') isHolding = true;
    if (isHolding && noted.length >= 2 * NOTES) other.kill('SIGKILL');
  }
  if (noted.length < 2 * NOTES) throw new Error('The other process ended before it was killed');
  return noted;
}

function splitLine(line: string): [verb: string, what: string] {
  const [verb = ''] = line.split(' ');
  return [verb, line.slice(verb.length + 1)];
}

async function hear({ talk, print }: Together, verb: string, what: string): Promise<void> {
  if (verb === 'answers') print(`the other process: ${what}`);
  else if (verb !== 'follows') print(`the other process ${verb} order ${what}`);
  if (verb === 'follows') await placeOrders(talk, [1]);
  if (verb === 'packs') await placeOrders(talk, [2, 3]);
}

async function takeNote({ talk, sessionId }: Together, count: number): Promise<string> {
  const note = `This one's note ${count}`;
  await talk.chat(note, { sessionId });
  return note;
}

async function placeOrders({ events }: SmallTalk, orders: readonly number[]): Promise<void> {
  for (const order of orders) await events.publish('order:placed', { order });
}

async function tellWhatIsLost({ talk, print, sessionId }: Together, noted: readonly string[]): Promise<void> {
  const session = await talk.restoreSession(sessionId);
  const said = new Set(
    session?.conversationHistory.map((entry) => ('content' in entry ? entry.content : undefined)),
  );
  print(`of the acknowledged notes ${noted.filter((note) => !said.has(note)).length} are lost`);
}

/** Goes on where the other process was; all three orders are gone through, and the first is packed already. */
async function takeOver({ talk, pack, print }: Together): Promise<void> {
  const { promise: isDone, resolve } = Promise.withResolvers<void>();
  pack((order) => {
    print(`this process packs order ${order}`);
    if (order === 3) resolve();
    return Promise.resolve();
  });
  // A position may be older than the truth, or missing where the process died before it was written.
  await talk.events.replay('packer');
  await isDone;
}

await playDirectly(import.meta.url, demo);
