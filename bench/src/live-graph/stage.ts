import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';

/** The page in a real browser, built once; each measurement gets a window of its own. */
export interface Stage {
  measure(side: 'ours' | 'peer', options: { nodes: number; seconds: number }): Promise<Measured>;
  close(): Promise<void>;
}

/** What one window measured; `longTasks` in ms a second. */
export interface Measured {
  readonly fps: number;
  readonly longTasks: number;
  readonly nodes: number;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
const READY_MS = 60_000;

/** Builds the console's bench page and opens a browser on it. */
export async function openStage(scratch: string): Promise<Stage> {
  const page = fileURLToPath(new URL('../../../apps/web/dev/live-graph/', import.meta.url));
  const folder = join(scratch, 'page');
  await build({ configFile: join(page, 'vite.config.ts'), logLevel: 'error', build: { outDir: folder } });
  const { address, close } = await serve(folder);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  });
  return {
    measure: (side, options) =>
      measureIn(browser, `${address}/?side=${side}&nodes=${options.nodes}`, options),
    close: async () => {
      await browser.close();
      await close();
    },
  };
}

/** The files of one folder on the loopback; calls of the page that have no server behind them are not found. */
async function serve(folder: string) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://page').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

interface BenchWindow {
  readonly measureGraph?: (seconds: number) => Promise<Measured>;
}

async function measureIn(
  browser: Browser,
  address: string,
  { seconds, nodes }: { readonly seconds: number; readonly nodes: number },
): Promise<Measured> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(address);
    await page.locator('.react-flow__node').first().waitFor({ timeout: READY_MS });
    // Until the first picture has settled: what is measured is what updates cost.
    await page.waitForTimeout(3000);
    const measured = await page.evaluate(
      (length) => (globalThis as BenchWindow).measureGraph?.(length),
      seconds,
    );
    if (measured === undefined || measured.nodes === 0)
      throw new Error(`The page drew none of ${String(nodes)} nodes`);
    return measured;
  } finally {
    await page.close();
  }
}
