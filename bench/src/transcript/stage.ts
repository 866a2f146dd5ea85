import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import { build } from 'vite';
import { router } from '../../../apps/server/src/api/trpc.ts';
import { openDatabase } from '../../../apps/server/src/platform/database.ts';
import { makeTasksApi, type TaskCalls } from '../../../apps/server/src/tasks/tasks.api.ts';
import { makeTranscriptCalls } from '../../../apps/server/src/tasks/transcript-calls.ts';
import {
  makeTranscriptStore,
  TRANSCRIPT_MIGRATIONS,
  type TranscriptStore,
} from '../../../apps/server/src/tasks/transcript-store.ts';
import { seed, TASK } from './seed.ts';

/** The ways in which a transcript is shown: the console's own, every block kept, every block drawn. */
export type Shown = 'ours' | 'kept' | 'drawn';

/** What one window measured. */
export interface Opened {
  /** From the first render of the loaded page to the first block on the screen. */
  readonly firstRowsMs: number;
  readonly heapMb: number;
  readonly nodes: number;
}

/** A transcript in a real database behind real calls, and a browser to look at it with. */
export interface TranscriptStage {
  readonly store: TranscriptStore;
  /** Opens it in a window of its own, scrolls from its end to its start, and looks what that has cost. */
  open(shown: Shown): Promise<Opened>;
  close(): Promise<void>;
}

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const FIRST_MS = 300_000;
/** In so many steps it is scrolled through. */
const STEPS = 60;

/** Writes `count` blocks, builds the page and opens a browser. */
export async function openTranscriptStage(scratch: string, count: number): Promise<TranscriptStage> {
  const source = fileURLToPath(new URL('../../../apps/web/dev/transcript/', import.meta.url));
  const folder = join(scratch, `page-${count}`);
  await build({ configFile: join(source, 'vite.config.ts'), logLevel: 'error', build: { outDir: folder } });
  const db = openDatabase({
    file: join(scratch, `transcripts-${count}.db`),
    durability: 'NORMAL',
    migrations: TRANSCRIPT_MIGRATIONS,
  });
  const store = makeTranscriptStore(db, (text) => text);
  seed(store, count);
  const { address, close } = await serve(folder, store);
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  return {
    store,
    open: async (shown) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      try {
        return await look(page, `${address}/?side=${shown}&task=${TASK}`);
      } finally {
        await page.close();
      }
    },
    close: async () => {
      await browser.close();
      await close();
      db.close();
    },
  };
}

/** The page's files and the calls on transcripts, on the loopback. */
async function serve(folder: string, store: TranscriptStore) {
  // The page calls nothing else of tasks.
  const api = router({ tasks: makeTasksApi(makeTranscriptCalls(store) as TaskCalls) });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (pathname.startsWith('/trpc/')) {
      const actor = { name: 'bench', role: 'viewer' } as const;
      const path = pathname.slice('/trpc/'.length);
      void nodeHTTPRequestHandler({
        router: api,
        path,
        req: request,
        res: response,
        createContext: () => Promise.resolve({ actor }),
      });
      return;
    }
    const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
    readFile(file).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { address: `http://127.0.0.1:${port}`, close };
}

/** What `apps/web/dev/transcript` offers. */
interface BenchWindow {
  readonly transcriptPage?: {
    readonly firstRows: Promise<number>;
    scrollThrough(steps: number): Promise<void>;
  };
}

async function look(page: Page, address: string): Promise<Opened> {
  await page.goto(address);
  await page.locator('.block-body').first().waitFor({ timeout: FIRST_MS });
  const firstRowsMs = await page.evaluate(() => (globalThis as BenchWindow).transcriptPage?.firstRows);
  if (firstRowsMs === undefined) throw new Error('The page measures nothing');
  await page.evaluate((steps) => (globalThis as BenchWindow).transcriptPage?.scrollThrough(steps), STEPS);
  const session = await page.context().newCDPSession(page);
  return { firstRowsMs, ...(await weigh(session)) };
}

async function weigh(session: CDPSession): Promise<Omit<Opened, 'firstRowsMs'>> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { heapMb: metric('JSHeapUsedSize') / 1024 ** 2, nodes: metric('Nodes') };
}
