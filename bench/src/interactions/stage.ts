import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from '@playwright/test';
import { startOf } from '@thalogos/testkit';

const PROGRAM = startOf('server');
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
const START_MS = 60_000;
const STATES_MS = 60_000;

/** A real server with the demonstration's results to review, and a browser that shows its console. */
export interface InteractionStage {
  readonly page: Page;
  /** The address of the change of a task. */
  readonly review: string;
  /** What one act takes from the event to the next paint, by the browser's own clock; nothing below 16 ms is told apart. */
  time(act: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** Starts the server, has the demonstration done up to its reviews, and opens the console. */
export async function openInteractionStage(scratch: string): Promise<InteractionStage> {
  const home = join(scratch, 'interactions');
  await mkdir(join(home, 'cache'), { recursive: true });
  const child = spawn(process.execPath, [PROGRAM.main, '--background', '--keep', '--port', '0'], {
    cwd: home,
    env: PROGRAM.environment(home),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { url, token } = await linkOf(child);
  const task = await makeResults(url, token);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript({ content: WATCH });
  await page.goto(`${url}/#token=${token}`);
  await page.getByRole('main').waitFor();
  return {
    page,
    review: `${url}/review/${task}`,
    time: (act) => timeOf(page, act),
    close: async () => {
      await browser.close();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function linkOf(child: ChildProcess): Promise<{ url: string; token: string }> {
  if (child.stdout === null) throw new Error('The server has no output');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line', {
    signal: AbortSignal.timeout(START_MS),
  })) as [string];
  const [, url = '', token = ''] = /(http:\S+)\/#token=(\S+)/.exec(line) ?? [];
  return { url, token };
}

/** Does what a program would; gives a task that waits for its review. */
async function makeResults(url: string, token: string): Promise<string> {
  const call = async <T>(path: string, request: RequestInit): Promise<T> => {
    const headers = {
      authorization: `Bearer ${token}`,
      'x-thalogos': '1',
      'content-type': 'application/json',
    };
    const answer = (await (await fetch(`${url}/trpc/${path}`, { ...request, headers })).json()) as {
      result: { data: T };
    };
    return answer.result.data;
  };
  const tell = <T>(name: string, input: unknown) =>
    call<T>(name, { method: 'POST', body: JSON.stringify(input) });
  const made = await tell<{ project: { id: string }; goal: string }>('projects.demonstrate', {});
  const project = made.project.id;
  await tell('planning.state', { project, text: made.goal, approve: false });
  const input = encodeURIComponent(JSON.stringify({ project }));
  for (const deadline = Date.now() + STATES_MS; Date.now() < deadline; ) {
    const { tasks } = await call<{ tasks: { id: string; key: string; state: string }[] }>(
      `tasks.list?input=${input}`,
      {},
    );
    const ticket = tasks.find(({ key, state }) => key === 'ticket' && state === 'review');
    if (ticket !== undefined) return ticket.id;
    await new Promise((again) => setTimeout(again, 200));
  }
  throw new Error('The demonstration made nothing to review in a minute');
}

/** Runs in the page, which has names that Node has not: keeps the longest event since it was last asked. */
const WATCH = `
  globalThis.longestEvent = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestEvent = Math.max(longestEvent, duration);
  }).observe({ type: 'event', durationThreshold: 16 });
`;
/** Two frames and a task later: the browser tells of an event after its paint. */
const READ = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
  done(longestEvent);
  longestEvent = 0;
}, 50))))`;

async function timeOf(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(READ);
  await act();
  return Math.max(16, await page.evaluate<number>(READ));
}
