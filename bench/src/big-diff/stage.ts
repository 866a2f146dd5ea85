import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { ReviewPatchesInput } from '@thalogos/contracts';
import { build } from 'vite';
import { startGitHelper } from '../../../apps/server/src/git/helper.ts';
import type { Repository } from '../../../apps/server/src/git/git.ts';
import { makeReadChanges } from '../../../apps/server/src/review/read-changes.ts';
import { runGit } from '../world/run-git.ts';

/** A large change in a real repository, behind real answers, and a browser to look at it with. */
export interface DiffStage {
  /** Lines of the patch. */
  readonly lines: number;
  readonly megabytes: number;
  /** A page with a viewer's program loaded and nothing shown yet. */
  open(viewer: string): Promise<Page>;
  close(): Promise<void>;
}

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const TASK = 't-bench';
const FILE = 'src/generated.ts';

/** Builds the page and a repository in which every third line of one file has changed, so that the patch has `lines`. */
export async function openDiffStage(scratch: string, lines: number): Promise<DiffStage> {
  const folder = join(scratch, 'page');
  const pages = fileURLToPath(new URL('../../pages/', import.meta.url));
  await build({
    ...{ root: pages, configFile: false, logLevel: 'error', plugins: [react()], worker: { format: 'es' } },
    resolve: { dedupe: ['react', 'react-dom'] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
  });
  const change = await makeChange(join(scratch, 'repository'), lines);
  const dataDirectory = join(scratch, 'data');
  await mkdir(dataDirectory, { recursive: true });
  const instance = `bench-${randomUUID()}`;
  const git = await startGitHelper({ dataDirectory, instance, hostEnvironment: process.env });
  const hub = { git, gitDir: change.gitDir };
  const server = await serve(folder, await answersOf(hub, change));
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  return {
    lines: change.patch.split('\n').length,
    megabytes: change.patch.length / 1e6,
    open: (viewer) => openPage(browser, `${server.address}/?viewer=${viewer}`),
    close: async () => {
      await browser.close();
      await server.close();
      await git.close();
    },
  };
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.waitForFunction(() => 'measure' in globalThis);
  return page;
}

interface Change {
  readonly gitDir: string;
  readonly base: string;
  readonly result: string;
  readonly tree: string;
  readonly before: string;
  readonly after: string;
  readonly patch: string;
}

/** Of three lines one is changed, so the patch has four for three of the file. */
async function makeChange(directory: string, lines: number): Promise<Change> {
  const numbers = Array.from({ length: Math.ceil((lines * 3) / 4) }, (_, at) => at);
  const line = (at: number, word: string) => `export const value${at} = compute('${word}', ${at * 7});`;
  const before = `${numbers.map((at) => line(at, 'before')).join('\n')}\n`;
  const after = `${numbers.map((at) => line(at, at % 3 === 1 ? 'after' : 'before')).join('\n')}\n`;
  await mkdir(join(directory, 'src'), { recursive: true });
  const git = (...args: readonly string[]) => runGit(directory, ...args);
  await git('init', '--quiet');
  const commit = async (text: string): Promise<string> => {
    await writeFile(join(directory, FILE), text);
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'Change');
    return git('rev-parse', 'HEAD');
  };
  const base = await commit(before);
  const result = await commit(after);
  const tree = await git('rev-parse', 'HEAD^{tree}');
  const patch = await git('diff-tree', '-p', base, result);
  return { gitDir: join(directory, '.git'), ...{ base, result, tree, before, after, patch } };
}

type Answer = (query: URLSearchParams) => Promise<string>;

/** What the viewers ask for: ours what the console asks for, the others the whole texts; all of it is made before. */
async function answersOf(hub: Repository, change: Change): Promise<Readonly<Record<string, Answer>>> {
  const { base, result, tree } = change;
  const task = { id: TASK, project: 'p-bench', change: { base, result, tree }, edits: [] };
  const amend = () => Promise.reject(new Error('Nothing is changed here'));
  const read = makeReadChanges({
    results: { find: () => task, hub: () => hub, amend },
    looks: { find: () => null },
  });
  const files = async () =>
    JSON.stringify(await read.files({ task: TASK, since: 'base', whitespace: 'shown', first: 400 }, 'bench'));
  const kept = await files();
  return {
    '/change.patch': () => Promise.resolve(change.patch),
    '/before.txt': () => Promise.resolve(change.before),
    '/after.txt': () => Promise.resolve(change.after),
    '/files': () => Promise.resolve(kept),
    '/files-from-git': files,
    '/patches': async (query) => {
      const asked: unknown = JSON.parse(query.get('input') ?? '{}');
      const input = ReviewPatchesInput.parse({ ...Object(asked), task: TASK });
      return JSON.stringify(await read.patches(input, 'bench'));
    },
  };
}

async function serve(folder: string, answers: Readonly<Record<string, Answer>>) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
    const answer = answers[pathname];
    const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
    const content = answer === undefined ? readFile(file) : answer(searchParams);
    const type = answer === undefined ? TYPES[extname(file)] : 'text/plain; charset=utf-8';
    content.then(
      (bytes) => response.writeHead(200, { 'content-type': type ?? 'text/plain' }).end(bytes),
      (cause: unknown) => response.writeHead(500).end(String(cause)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { address: `http://127.0.0.1:${port}`, close };
}
