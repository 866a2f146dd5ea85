import type { RunningProcess } from '../platform/process.ts';
import { type CommandScope, commandEnvironment, type GitSettings, HARDENING } from './environment.ts';
import { type LiveProcess, makeLiveProcess } from './live-process.ts';

/** How merge-tree is asked, alive or once. */
export const MERGE_ARGS = ['merge-tree', '--write-tree', '-z', '--stdin'];

/** Milliseconds after which a live process that nobody asks is let go. */
const IDLE = 60_000;
const ANSWER_TIMEOUT = 120_000;

/** The objects that a process sees: those of a repository, or of its quarantine as well. */
export type StoreScope = Pick<CommandScope, 'gitDir' | 'quarantine'>;

/** The live processes of every repository, by its git directory and its quarantine. */
export interface LiveProcesses {
  readonly objects: (where: StoreScope) => LiveProcess;
  readonly merges: (where: StoreScope) => LiveProcess;
  readonly writes: (gitDir: string, type: 'commit' | 'tag') => LiveProcess;
}

/** Makes the live processes of each repository when they are first asked for. */
export function makeLiveProcesses(
  settings: GitSettings,
  track: (running: RunningProcess) => void,
): LiveProcesses {
  const make = (purpose: string, [command = 'git', ...args]: readonly string[]) => {
    const known = new Map<string, LiveProcess>();
    return ({ gitDir, quarantine }: StoreScope) => {
      const key = JSON.stringify([gitDir, quarantine]);
      const environment = commandEnvironment(settings, { gitDir, quarantine });
      const process = { command, args, cwd: settings.home, environment, mark: settings.mark };
      const live =
        known.get(key) ?? makeLiveProcess({ purpose, track, idle: IDLE, timeout: ANSWER_TIMEOUT, process });
      known.set(key, live);
      return live;
    };
  };
  const writes = (type: 'commit' | 'tag') =>
    make(`write a ${type}`, [
      'git',
      ...HARDENING,
      'hash-object',
      '-t',
      type,
      '-w',
      '--no-filters',
      '--stdin-paths',
    ]);
  const writers = { commit: writes('commit'), tag: writes('tag') };
  return {
    writes: (gitDir, type) => writers[type]({ gitDir }),
    objects: make('read an object', ['git', ...HARDENING, 'cat-file', '--batch-command']),
    // git 2.39 does not flush between its answers; without a buffer it can't hold one back.
    merges: make('merge two commits', ['stdbuf', '-o0', 'git', ...HARDENING, ...MERGE_ARGS]),
  };
}
