import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Figure } from './figures.ts';

const run = promisify(execFile);
const HOME = join(import.meta.dirname, '..');
const MOST = 200;

const Megabytes = z.object({
  bare: z.number(),
  started: z.number(),
  peak: z.number(),
  heap: z.number(),
});

/** What the process of four agents takes: the built package, as a stranger runs it, and a provider on loopback. */
export async function measureMemory(folder: string): Promise<readonly Figure[]> {
  await run('pnpm', ['run', 'build'], { cwd: HOME });
  const provider = createProvider();
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String(portOf(provider))}/v1`;
  try {
    const short = await talkFor({ folder: join(folder, 'short'), url, messages: 200 });
    const long = await talkFor({ folder: join(folder, 'long'), url, messages: 2000 });
    const limited = await talkFor({ folder: join(folder, 'limited'), url, messages: 2000, heapLimit: 96 });
    return [
      toFigure('200 messages', short),
      toFigure('2,000 messages', long),
      toFigure('2,000 messages, Node told `--max-old-space-size=96`', limited),
    ];
  } finally {
    provider.closeAllConnections();
    provider.close();
  }
}

type Run = {
  readonly folder: string;
  readonly url: string;
  readonly messages: number;
  readonly heapLimit?: number;
};

async function talkFor({ folder, url, messages, heapLimit }: Run): Promise<z.infer<typeof Megabytes>> {
  const program = join(import.meta.dirname, 'memory-main.ts');
  const flags = [
    '--expose-gc',
    ...(heapLimit === undefined ? [] : [`--max-old-space-size=${String(heapLimit)}`]),
  ];
  const { stdout } = await run(process.execPath, [...flags, program, folder, url, String(messages)], {
    timeout: 300_000,
  });
  return Megabytes.parse(JSON.parse(stdout));
}

function toFigure(said: string, { bare, started, peak, heap }: z.infer<typeof Megabytes>): Figure {
  return {
    id: 'four agents',
    promise: `below ${String(MOST)} MB for the orchestrator`,
    workload: `the built package, a model by HTTP, routed by skills, on the disk, in four sessions: ${said}`,
    measured: `resident: ${peak.toFixed(0)} MB at most (${bare.toFixed(0)} MB of Node before anything is loaded, ${started.toFixed(0)} MB when it has started); ${heap.toFixed(0)} MB of heap are still held at the end`,
    isKept: peak < MOST,
  };
}

/** Speaks Chat Completions: an answer of forty words, each a piece of its own. */
function createProvider(): Server {
  return createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let word = 0; word < 40; word += 1)
        response.write(toPiece({ content: `word${String(word)} ` }, null));
      response.write(toPiece({}, 'stop'));
      response.end('data: [DONE]\n\n');
    });
  });
}

function toPiece(delta: object, reason: string | null): string {
  const head = { id: 'c-1', object: 'chat.completion.chunk', created: 1, model: 'words' };
  return `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A server has no port');
  return address.port;
}
