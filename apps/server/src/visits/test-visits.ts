import { join } from 'node:path';
import { ProjectConfig } from '@thalogos/contracts';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { makeAudit } from '../access/audit.ts';
import type { Actor } from '../access/role.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { openDatabase } from '../platform/database.ts';
import { makeEventSource } from '../platform/event-source.ts';
import { killMarked, listMarked } from '../platform/marked-processes.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { allowedEnvironment, startProcess } from '../platform/process.ts';
import { makeRecorder } from '../platform/recorder.ts';
import { makePlainSandbox } from '../sandbox/contain.ts';
import { loadPty, makeOpenFullShell } from './open-full-shell.ts';
import type { Viewer } from './live-terminal.ts';
import type { EditorDeps, PreviewDeps, TerminalDeps, VisitedTask } from './visits-deps.ts';

/** The person of the tests. */
export const MARA: Actor = { name: 'Mara', role: 'admin' };

/** A folder that is a task's worktree, with real books and real processes; use it with `await using`. */
export async function openVisitWorld(more: Partial<TerminalDeps & PreviewDeps & EditorDeps> = {}) {
  const directory = await makeTemporaryDirectory('thalogos-visits-');
  const db = openDatabase({
    file: join(directory.path, 'a.db'),
    durability: 'NORMAL',
    migrations: MIGRATIONS,
  });
  const log = new SqliteEventLog({ database: db });
  const source = makeEventSource(log);
  const clock: Clock = more.clock ?? systemClock;
  const redactText = (text: string) => text;
  const host = { PATH: process.env['PATH'], HOME: directory.path, SHELL: '/bin/bash' };
  const instance = `test-${directory.path.split('/').at(-1) ?? ''}`;
  const markOf = (what: string) => `${instance}:${what}`;
  const faults: unknown[] = [];
  const task: VisitedTask = {
    ...{ id: 't-1', title: 'Write the menu', project: 'p-1', session: 's-1', state: 'review' },
    worktree: directory.path,
  };
  const deps: TerminalDeps & PreviewDeps & EditorDeps = {
    ...{ clock, killMarked, markOf, redactText, host },
    recorder: makeRecorder({ db, log, clock, redactText }),
    audit: makeAudit({ db, clock }),
    find: (id) => (id === task.id ? task : null),
    onFault: (cause) => void faults.push(cause),
    openShell: makeOpenFullShell(loadPty),
    program: '/bin/bash',
    environment: allowedEnvironment(host, { PS1: '> ' }),
    start: makePlainSandbox(host).start,
    projects: {
      place: () => ({ directory: join(directory.path, 'place') }),
      settingsAt: async () => ({ config: ProjectConfig.parse({}), hash: 'h' }),
      isTrusted: () => true,
    },
    ports: { from: 47_000 + (process.pid % 900) * 10, to: 47_009 + (process.pid % 900) * 10 },
    named: null,
    ...more,
  };
  return {
    ...{ deps, task, path: directory.path, faults, startProcess },
    alive: () => listMarked(markOf('')),
    events: () =>
      source.after(0, {}, 1000).map(({ json }) => JSON.parse(json) as { type: string; data: unknown }),
    audited: () =>
      db.prepare<[], { what: string; why: string }>('SELECT what, why FROM audit ORDER BY seq').all(),
    [Symbol.asyncDispose]: async () => {
      await killMarked(markOf(''));
      source.close();
      await log.close();
      db.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** A viewer that draws everything at once, and what it has seen. */
export function makeTestViewer() {
  let seen = '';
  let bytes = 0;
  const parted: string[] = [];
  const waiting = new Set<() => void>();
  const viewer: Viewer = {
    send: (chunk) => {
      seen = (seen + chunk.toString('utf8')).slice(-20_000);
      bytes += chunk.length;
      for (const look of waiting) look();
    },
    part: (because, why) => {
      parted.push(`${because}: ${why}`);
      for (const look of waiting) look();
    },
  };
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Waited in vain; seen: ${seen.slice(-2000)}`)), 10_000);
      const look = () => {
        if (!isSo()) return;
        clearTimeout(late);
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    viewer,
    parted,
    seen: () => seen,
    bytes: () => bytes,
    untilSeen: (text: string) => until(() => seen.includes(text)),
    untilParted: () => until(() => parted.length > 0),
  };
}
