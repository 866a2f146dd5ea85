import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseTrace, type Step } from './parse-trace.ts';

/** System calls that change a name: the instants between which a kill can leave something half done. */
export const NAME_CALLS = 'rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir';
/** Everything that can fail for want of space, or because the disk is broken. */
export const DISK_CALLS = `${NAME_CALLS},openat,write,pwrite64,fsync,fdatasync,mkdir`;

/** One git that a server started, and what it did to the disk. */
export interface GitCall {
  /** `person.fetch.1`: the first fetch that had the person's repository as its own. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly steps: readonly Step[];
}

/** A `git` that stands before the real one on the PATH of the server under test, and can be told to fail. */
export interface FaultyGit {
  /** What the server's PATH must be. */
  readonly path: string;
  /** Lets everything through again and forgets what was. */
  readonly reset: () => void;
  /** Traces every git from now on. */
  readonly record: (calls: string) => void;
  readonly recorded: () => readonly GitCall[];
  /** Has the call of this name go wrong, once. */
  readonly spoil: (call: string, how: Spoiling) => void;
  /** Whether what was planned has happened. */
  readonly hasStruck: () => boolean;
  /** Whether a git that was killed is held back, so that the server does not learn of it. */
  readonly isHeld: () => boolean;
}

/** How a git goes wrong. */
export type Spoiling =
  /** Killed at one step; `holds` keeps its end from the server until that is killed as well. */
  | { readonly kind: 'kill'; readonly step: Step; readonly holds: boolean }
  /** One step fails. */
  | { readonly kind: 'error'; readonly step: Step; readonly error: string }
  /** A file takes all the space that is left, in the moment before git begins. */
  | { readonly kind: 'fill'; readonly file: string };

/** Makes one in a folder of its own; `person` is the git directory whose calls are named `person.…`, all others are `hub.…`. */
export function makeFaultyGit(folder: string, person: string): FaultyGit {
  const bin = join(folder, 'bin');
  const state = join(folder, 'state');
  mkdirSync(bin, { recursive: true });
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(bin, 'git'), scriptOf({ state, person, real }));
  chmodSync(join(bin, 'git'), 0o755);
  const reset = () => {
    rmSync(state, { recursive: true, force: true });
    for (const name of ['calls', 'traces', 'faults']) mkdirSync(join(state, name), { recursive: true });
  };
  reset();
  return {
    path: `${bin}:${process.env['PATH'] ?? ''}`,
    reset,
    record: (calls) => writeFileSync(join(state, 'record'), `execve,${calls}`),
    recorded: () =>
      readdirSync(join(state, 'calls'))
        .map((name) => ({
          name,
          at: statSync(join(state, 'calls', name)).mtimeMs,
          steps: readTrace(join(state, 'traces', name)),
        }))
        .toSorted((a, b) => a.at - b.at),
    spoil: (call, how) => writeFileSync(join(state, 'faults', call), snippetOf(how, state)),
    hasStruck: () =>
      existsSync(join(state, 'struck')) &&
      /INJECTED|killed by|filled/.test(readFileSync(join(state, 'struck'), 'utf8')),
    isHeld: () => existsSync(join(state, 'held')),
  };
}

function readTrace(file: string): readonly Step[] {
  return existsSync(file) ? parseTrace(readFileSync(file, 'utf8')) : [];
}

/** Names each call by whose repository it is in, by its verb, and by how many like it came before. */
function scriptOf({ state, person, real }: { state: string; person: string; real: string }): string {
  return `#!/bin/sh
state='${state}'
git='${real}'
[ -d "$state/calls" ] || exec "$git" "$@"
verb= skip=
for word do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $word in -c) skip=1 ;; -*) ;; *) verb=$word; break ;; esac
done
whose=hub
case "$GIT_DIR/" in '${person}'/*) whose=person ;; esac
n=1
while ! mkdir "$state/calls/$whose.$verb.$n" 2>/dev/null; do
  [ -d "$state/calls" ] || exec "$git" "$@"
  n=$((n + 1))
done
name=$whose.$verb.$n
[ -e "$state/faults/$name" ] && . "$state/faults/$name"
[ -e "$state/record" ] && exec strace -f -qq -o "$state/traces/$name" -e "trace=$(cat "$state/record")" "$git" "$@"
exec "$git" "$@"
`;
}

function snippetOf(how: Spoiling, state: string): string {
  switch (how.kind) {
    case 'kill':
      return (
        struck(state, how.step, `signal=KILL:when=${how.step.nth}`) +
        (how.holds ? hold(state) : 'exit $code\n')
      );
    case 'error':
      return `${struck(state, how.step, `error=${how.error}:when=${how.step.nth}`)}exit $code\n`;
    case 'fill':
      return `cat /dev/zero > '${how.file}' 2>/dev/null\necho filled > '${state}/struck'\n`;
  }
}

/** strace counts for each process by itself: children are followed only where one of them is meant. */
function struck(state: string, { call, isChild }: Step, injection: string): string {
  const follow = isChild ? '-f' : '';
  return `strace ${follow} -o '${state}/struck' -e trace=${call} -e 'inject=${call}:${injection}' "$git" "$@"
code=$?
`;
}

function hold(state: string): string {
  return `if grep -q 'killed by' '${state}/struck'; then : > '${state}/held'; exec sleep 600; fi\nexit $code\n`;
}
