import type { Terminal, TerminalSize } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Joined, LiveTerminal, type Viewer } from './live-terminal.ts';
import { requireWorktree } from './require-worktree.ts';
import type { TerminalDeps, TerminalLimits, VisitedTask } from './visits-deps.ts';

const MINUTE_MS = 60_000;
const HEED_MS = 500;
const STOPPED = 'the server stopped';
const LIMITS: TerminalLimits = { terminals: 8, idleMs: 30 * MINUTE_MS };

interface Entry {
  readonly live: LiveTerminal;
  readonly task: VisitedTask;
  readonly mark: string;
  /** Why it is being ended; null while it is not. */
  because: string | null;
  /** Settles when nothing of it is left. */
  gone: Promise<void>;
}

/** A viewer's place at a terminal. */
export type Seat = Joined & { readonly terminal: Terminal };

/** The terminals that people have open: opens, joins and ends them, and nothing of one outlives it. */
export class Terminals {
  readonly #deps: TerminalDeps;
  readonly #limits: TerminalLimits;
  readonly #entries = new Map<string, Entry>();
  #starting = 0;
  #isClosing = false;

  constructor(deps: TerminalDeps) {
    this.#deps = deps;
    this.#limits = { ...LIMITS, ...deps.limits };
  }

  ofTask(task: string): readonly Terminal[] {
    return this.#of(task).map(({ live }) => live.terminal);
  }

  /** The tasks that have one. */
  tasks(): readonly string[] {
    return [...this.#entries.values()].map(({ task }) => task.id);
  }

  async open(
    { task, size }: { readonly task: string; readonly size: TerminalSize },
    actor: Actor,
  ): Promise<Terminal> {
    const visited = requireWorktree(this.#deps, task, 'open a terminal');
    this.#admit();
    this.#starting += 1;
    try {
      const onIdle = (entry: Entry, why: string) => void this.#end(entry, why);
      const entry = await start(this.#deps, { visited, size, actor, limits: this.#limits, onIdle });
      const { terminal } = entry.live;
      this.#entries.set(terminal.id, entry);
      void entry.gone.then(() => this.#entries.delete(terminal.id));
      if (this.#isClosing) await this.#end(entry, STOPPED);
      return terminal;
    } finally {
      this.#starting -= 1;
    }
  }

  /** Joins a viewer; null where there is no such terminal. */
  join(terminal: string, viewer: Viewer, from: number | null): Seat | null {
    const live = this.#entries.get(terminal)?.live;
    return live === undefined ? null : { ...live.join(viewer, from), terminal: live.terminal };
  }

  async close(terminal: string, actor: Actor): Promise<void> {
    const entry = this.#entries.get(terminal);
    if (entry !== undefined) await this.#end(entry, `${actor.name} closed it`);
  }

  /** Ends those of a task: all, or those that nobody looks at. */
  async leave(task: string, which: 'all' | 'unwatched', why: string): Promise<void> {
    const left = this.#of(task).filter(({ live }) => which === 'all' || !live.isWatched());
    await Promise.all(left.map((entry) => this.#end(entry, why)));
  }

  async end(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#entries.values()].map((entry) => this.#end(entry, STOPPED)));
  }

  #of(task: string): readonly Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.task.id === task);
  }

  #admit(): void {
    const { terminals } = this.#limits;
    if (this.#entries.size + this.#starting < terminals) return;
    throw new Refusal(
      'wrong-state',
      `Could not open a terminal: ${terminals} are open already, which is the most.`,
      { hint: 'Close one that you no longer need.' },
    );
  }

  async #end(entry: Entry, why: string): Promise<void> {
    const { clock, killMarked, onFault } = this.#deps;
    entry.because ??= why;
    entry.live.hangUp();
    // What does not hear that it was hung up on is ended by its mark.
    const noLonger = clock.after(HEED_MS, () => void killMarked(entry.mark).catch(onFault));
    await entry.gone;
    noLonger();
  }
}

async function start(
  deps: TerminalDeps,
  wish: {
    readonly visited: VisitedTask & { readonly worktree: string };
    readonly size: TerminalSize;
    readonly actor: Actor;
    readonly limits: TerminalLimits;
    readonly onIdle: (entry: Entry, why: string) => void;
  },
): Promise<Entry> {
  const { visited, size, actor, limits } = wish;
  const { clock, program } = deps;
  const id = newId('x');
  const mark = deps.markOf(`visit/${id}/`);
  let print = (bytes: Buffer): void => void early.push(bytes);
  const early: Buffer[] = [];
  const shell = await deps.openShell({
    ...{ program, cwd: visited.worktree, environment: deps.environment, mark, size },
    onOutput: (bytes) => print(bytes),
  });
  const { kind } = shell;
  const terminal: Terminal = {
    ...{ id, task: visited.id, by: actor.name, shell: program, kind, startedAt: clock.now() },
  };
  const onIdle = () => wish.onIdle(entry, `nobody looked at it for ${limits.idleMs / MINUTE_MS} minutes`);
  const live = new LiveTerminal({ terminal, shell, size, clock, idleMs: limits.idleMs, onIdle });
  print = (bytes) => live.print(bytes);
  for (const bytes of early) print(bytes);
  const entry: Entry = { live, task: visited, mark, because: null, gone: Promise.resolve() };
  entry.gone = live
    .ended()
    .then((how) => bury(deps, entry, how))
    .catch(deps.onFault);
  tellOpened(deps, entry, actor);
  return entry;
}

/** An act that must be answerable for: this shell may do what the person may. */
function tellOpened({ recorder, audit }: TerminalDeps, { live, task }: Entry, actor: Actor): void {
  const { id, project, session } = task;
  try {
    recorder.transact(() => {
      audit.append({
        ...{ who: actor.name, what: 'terminal.opened', onWhat: id, source: 'api' },
        why: `${live.terminal.shell}, not contained`,
      });
      const about = { project, session, task: id, by: actor.name };
      recorder.record({ ...about, type: 'terminal.opened', data: { terminal: live.terminal } });
    });
  } catch (cause) {
    // What nobody can be asked about later does not run.
    live.hangUp();
    throw new Error(`Could not write down that a terminal was opened in ${id}`, { cause });
  }
}

/** Ends what the shell has left behind, then tells that it is gone. */
async function bury(deps: TerminalDeps, { live, task, mark, because }: Entry, how: string): Promise<void> {
  await deps.killMarked(mark);
  const { id, project, session } = task;
  deps.recorder.transact(() => {
    const about = { project, session, task: id, by: live.terminal.by };
    const data = { terminal: live.terminal.id, why: because ?? how };
    deps.recorder.record({ ...about, type: 'terminal.closed', data });
  });
}
