import type { AgentChoice } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { OpenTaskRun } from './run-task.ts';
import type { FollowBase } from './follow-base.ts';
import type { MoveTask } from './move-task.ts';
import type { Bounds, Terms } from './hold.ts';
import { type QueueRuling, ruleQueue } from './ready-tasks.ts';
import type { Held, TaskRecord } from './task.ts';
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
  /** What keeps a task from starting now: its agent's account or a budget; asked again right before each start. */
  readonly heldBy: (task: TaskRecord, bounds: Bounds) => Held | null;
  /** Somebody else who could take it now instead of waiting; null where nobody can or a person named its agent. */
  readonly reroute: (task: TaskRecord, bounds: Bounds) => Promise<AgentChoice | null>;
  readonly clock: Clock;
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
/** A limit that ends this very moment is looked at a moment later, not at once for ever. */
const SOONEST_MS = 100;

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
  readonly #alarms = new Map<string, () => void>();
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
    look.done = this.#lookUntilDone(project, look);
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
    for (const cancel of this.#alarms.values()) cancel();
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
    // In the same breath as the last question whether to look again: a look that is asked for between would be lost.
    this.#looking.delete(project);
  }

  async #lookOnce(project: string): Promise<void> {
    const { tasks, terms, heldBy, clock } = this.#deps;
    if (tasks.inStates('queued', 'blocked').every((task) => task.project !== project)) return;
    const { bounds, ...now } = await terms(project);
    const rulings = ruleQueue({
      ...now,
      tasks: tasks.ofProject(project),
      placesOf: (agent) => bounds.agents[agent]?.concurrency ?? null,
      heldBy: (task) => heldBy(task, bounds),
      now: clock.now(),
    });
    for (const ruling of rulings) {
      if (this.#closed) return;
      await this.#carryOut(ruling, bounds);
    }
    if (rulings.some(({ kind }) => kind === 'unblock')) this.look(project);
    this.#lookWhenFree(project);
    if (rulings.some(({ kind }) => kind === 'start')) await this.#deps.workbench.tend(project);
  }

  /** Looks again when the first of those that a limit holds back may start. */
  #lookWhenFree(project: string): void {
    const { tasks, clock } = this.#deps;
    this.#alarms.get(project)?.();
    this.#alarms.delete(project);
    const untils = tasks.ofProject(project).flatMap(({ state }) => untilOf(state));
    if (untils.length === 0 || this.#closed) return;
    const wait = Math.max(SOONEST_MS, Math.min(...untils) - clock.now());
    this.#alarms.set(
      project,
      clock.after(wait, () => this.look(project)),
    );
  }

  async #carryOut(ruling: QueueRuling, bounds: Bounds): Promise<void> {
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
      case 'hold':
        return this.#hold(task, ruling.held, bounds);
      case 'start':
        return this.#start(task);
    }
  }

  /** What can't start now says so, unless another agent can take it. */
  async #hold(task: TaskRecord, held: Held | null, bounds: Bounds): Promise<void> {
    const { tasks, move, reroute } = this.#deps;
    const choice = held === null ? null : await reroute(task, bounds);
    if (this.#closed || tasks.find(task.id)?.state.kind !== 'queued') return;
    if (choice === null) {
      move(task.id, { type: 'task.held', held }, BY);
      return;
    }
    move(task.id, { type: 'task.routed', choice }, BY);
    this.look(task.project);
  }

  async #start(task: TaskRecord): Promise<void> {
    const { tasks, move, workbench, runTask, terms, follow, heldBy } = this.#deps;
    const ancestors = task.after.flatMap((id) => tasks.find(id) ?? []);
    await follow(task.id);
    const queued = tasks.find(task.id) ?? task;
    const base = await workbench.base(queued, ancestors);
    // The base was worked out without a lock: a person may have cancelled or paused meanwhile.
    const { hold, bounds } = await terms(task.project);
    const current = tasks.find(task.id);
    if (this.#closed || hold !== null || current?.state.kind !== 'queued') return;
    if (base.kind === 'conflicted') {
      const reason = `${base.titles.join(' and ')} conflict in ${base.files.join(', ')}`;
      move(task.id, { type: 'task.blocked', on: [], reason }, BY);
      return;
    }
    // Each start counts before the next is looked at: no two take the same room of one account.
    const held = heldBy(current, bounds);
    if (held !== null) {
      move(task.id, { type: 'task.held', held }, BY);
      return;
    }
    const run = runTask(current, base.commit);
    this.#open.set(run.run, run);
    void run.rested.finally(() => {
      this.#open.delete(run.run);
      this.look(task.project);
    });
  }
}

function untilOf(state: TaskRecord['state']): readonly number[] {
  const until = state.kind === 'queued' ? (state.held?.until ?? null) : null;
  return until === null ? [] : [until];
}
