import type { OpenTaskRun } from './run-task.ts';
import type { FollowBase } from './follow-base.ts';
import type { MoveTask } from './move-task.ts';
import type { Terms } from './hold.ts';
import { type QueueRuling, ruleQueue } from './ready-tasks.ts';
import type { TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import type { Workbench } from './workbench.ts';

/** What the dispatcher needs. */
export interface DispatcherDeps {
  readonly tasks: TaskStore;
  readonly move: MoveTask;
  readonly workbench: Workbench;
  readonly runTask: (task: TaskRecord, base: string) => OpenTaskRun;
  /** Brings a task that runs again onto what main is by now. */
  readonly follow: FollowBase;
  readonly terms: (project: string) => Promise<Terms>;
  readonly onFault: (cause: unknown) => void;
}

/** Starts what may start, whenever something has changed. */
export interface Dispatcher {
  /** Looks again; looks that are asked for while one is under way become one more. */
  look(project: string): void;
  run(run: string): OpenTaskRun | null;
  runOf(task: string): OpenTaskRun | null;
  openRuns(): readonly OpenTaskRun[];
  /** Settles when no look is under way. */
  quiet(): Promise<void>;
  /** Starts nothing more. */
  close(): void;
}

const BY = 'orchestrator';

/** A dispatcher over isolated tasks. */
export function makeDispatcher(deps: DispatcherDeps): Dispatcher {
  return new TaskDispatcher(deps);
}

interface Look {
  again: boolean;
  done: Promise<void>;
}

class TaskDispatcher implements Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #open = new Map<string, OpenTaskRun>();
  readonly #looking = new Map<string, Look>();
  #closed = false;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
  }

  look(project: string): void {
    if (this.#closed) return;
    const under = this.#looking.get(project);
    if (under !== undefined) {
      under.again = true;
      return;
    }
    const look: Look = { again: true, done: Promise.resolve() };
    this.#looking.set(project, look);
    look.done = this.#lookUntilDone(project, look).finally(() => this.#looking.delete(project));
  }

  run(run: string): OpenTaskRun | null {
    return this.#open.get(run) ?? null;
  }

  runOf(task: string): OpenTaskRun | null {
    return this.openRuns().find((run) => run.task === task) ?? null;
  }

  openRuns(): readonly OpenTaskRun[] {
    return [...this.#open.values()];
  }

  async quiet(): Promise<void> {
    while (this.#looking.size > 0) await Promise.all([...this.#looking.values()].map(({ done }) => done));
  }

  close(): void {
    this.#closed = true;
  }

  async #lookUntilDone(project: string, look: Look): Promise<void> {
    while (look.again && !this.#closed) {
      look.again = false;
      try {
        await this.#lookOnce(project);
      } catch (cause) {
        this.#deps.onFault(cause);
      }
    }
  }

  async #lookOnce(project: string): Promise<void> {
    const { tasks, terms } = this.#deps;
    if (tasks.inStates('queued', 'blocked').every((task) => task.project !== project)) return;
    const now = await terms(project);
    const rulings = ruleQueue({ tasks: tasks.ofProject(project), ...now });
    for (const ruling of rulings) {
      if (this.#closed) return;
      await this.#carryOut(ruling);
    }
    if (rulings.some(({ kind }) => kind === 'unblock')) this.look(project);
    if (rulings.some(({ kind }) => kind === 'start')) await this.#deps.workbench.tend(project);
  }

  async #carryOut(ruling: QueueRuling): Promise<void> {
    const { tasks, move } = this.#deps;
    const task = tasks.find(ruling.task);
    // What a ruling was made on may have changed while the ones before it were carried out.
    if (task?.state.kind !== (ruling.kind === 'unblock' ? 'blocked' : 'queued')) return;
    switch (ruling.kind) {
      case 'block':
        move(task.id, { type: 'task.blocked', on: ruling.on, reason: ruling.reason }, BY);
        return;
      case 'unblock':
        move(task.id, { type: 'task.queued', reason: null }, BY);
        return;
      case 'start':
        return this.#start(task);
    }
  }

  async #start(task: TaskRecord): Promise<void> {
    const { tasks, move, workbench, runTask, terms, follow } = this.#deps;
    const ancestors = task.after.flatMap((id) => tasks.find(id) ?? []);
    await follow(task.id);
    const queued = tasks.find(task.id) ?? task;
    const base = await workbench.base(queued, ancestors);
    // The base was worked out without a lock: a person may have cancelled or paused meanwhile.
    const { hold } = await terms(task.project);
    if (this.#closed || hold !== null || tasks.find(task.id)?.state.kind !== 'queued') return;
    if (base.kind === 'conflicted') {
      const reason = `${base.titles.join(' and ')} conflict in ${base.files.join(', ')}`;
      move(task.id, { type: 'task.blocked', on: [], reason }, BY);
      return;
    }
    const run = runTask(tasks.find(task.id) ?? queued, base.commit);
    this.#open.set(run.run, run);
    void run.rested.finally(() => {
      this.#open.delete(run.run);
      this.look(task.project);
    });
  }
}
