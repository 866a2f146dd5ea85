import type { Attempt, KnownCheck, Oid, Task } from '@thalogos/contracts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import type { makeReadDiff } from './read-diff.ts';
import type { RunStore } from './run-store.ts';
import type { Contest, TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import { taskView } from './task-view.ts';
import type { Workbench } from './workbench.ts';

/** What settling a contest needs. */
export interface ContestDeps {
  readonly tasks: TaskStore;
  readonly runs: RunStore;
  readonly recorder: Recorder;
  readonly move: MoveTask;
  readonly workbench: Workbench;
  readonly dispatcher: Dispatcher;
  readonly readDiff: ReturnType<typeof makeReadDiff>;
  /** What is known of the project's checks on a tree, without running any. */
  readonly knownChecks: (project: string, tree: Oid) => Promise<readonly KnownCheck[]>;
}

/** A task that is one of several attempts. */
type Contestant = TaskRecord & { readonly contest: Contest };

/** Several attempts at one task side by side, and the one of them that a person keeps. */
export interface Contests {
  /** Every attempt of the contest that a task is in, with what it changed and how long it took. */
  compare(task: string): Promise<readonly Attempt[]>;
  /** Keeps one attempt and closes the others; what builds on any of them builds on this one. */
  keep(task: string, by: string): Promise<readonly Task[]>;
}

/** Contests over the server's tasks. */
export function makeContests(deps: ContestDeps): Contests {
  const { tasks, runs, readDiff } = deps;
  return {
    compare: async (id) => {
      const all = attemptsOf(tasks, requireContestant(tasks, id));
      const [diffs, checks] = await Promise.all([
        Promise.all(all.map((task) => readDiff(task.id))),
        Promise.all(all.map((task) => checksOf(deps, task))),
      ]);
      return all.map((task, at) => ({
        task: taskView(task),
        files: diffs[at]?.files ?? [],
        seconds: secondsOf(runs, task),
        checks: [...(checks[at] ?? [])],
      }));
    },
    keep: async (id, by) => {
      const kept = requireContestant(tasks, id);
      assertKeepable(kept);
      const others = attemptsOf(tasks, kept).filter((task) => task.id !== id && !isClosed(task));
      await Promise.all(others.flatMap((task) => deps.dispatcher.runOf(task.id)?.stop() ?? []));
      settle(deps, { kept, others, by });
      for (const { id: other } of others) await deps.workbench.discard(requireTask(tasks, other));
      deps.dispatcher.look(kept.project);
      return attemptsOf(tasks, kept).map(taskView);
    },
  };
}

/** Running them would take as long as a Save for each attempt; what was looked at before costs nothing. */
async function checksOf(
  { knownChecks }: ContestDeps,
  { project, work }: TaskRecord,
): Promise<readonly KnownCheck[]> {
  const tree = work?.tree ?? null;
  return tree === null ? [] : knownChecks(project, tree);
}

interface Settling {
  readonly kept: Contestant;
  readonly others: readonly TaskRecord[];
  readonly by: string;
}

function settle({ tasks, recorder, move }: ContestDeps, { kept, others, by }: Settling): void {
  recorder.transact(() => {
    // Meanwhile another call may have kept one, or this very task may have gone on.
    assertKeepable(requireContestant(tasks, kept.id));
    move(kept.id, { type: 'task.kept' }, by);
    for (const { id } of others) {
      if (!isClosed(requireTask(tasks, id)))
        move(id, { type: 'task.superseded', by: kept.id, title: `the attempt of ${kept.agent}` }, by);
    }
    const gone = new Set(attemptsOf(tasks, kept).flatMap(({ id }) => (id === kept.id ? [] : [id])));
    for (const task of tasks.ofProject(kept.project)) {
      if (!task.after.some((id) => gone.has(id))) continue;
      tasks.put({ ...task, after: task.after.filter((id) => !gone.has(id)) });
      if (task.state.kind === 'blocked')
        move(task.id, { type: 'task.queued', reason: `the attempt of ${kept.agent} was kept` }, by);
    }
  });
}

function requireContestant(tasks: TaskStore, id: string): Contestant {
  const task = requireTask(tasks, id);
  const { contest } = task;
  if (contest !== undefined) return { ...task, contest };
  throw new Refusal('wrong-state', `Task ${id} is the only attempt at what it does; nothing was changed.`, {
    hint: 'Ask for several: thalogos goal "..." --best-of 2',
  });
}

function attemptsOf(tasks: TaskStore, { project, contest }: Contestant): readonly TaskRecord[] {
  return tasks.ofProject(project).filter((task) => task.contest?.id === contest.id);
}

function assertKeepable({ id, contest, state }: Contestant): void {
  if (contest.isKept) {
    throw new Refusal('wrong-state', `Task ${id} was kept already; nothing was changed.`, {
      hint: `Approve it: thalogos approve ${id}`,
    });
  }
  if (state.kind === 'review') return;
  throw new Refusal('wrong-state', `Task ${id} is ${state.kind}, so it can't be kept; nothing was changed.`, {
    hint: `Wait until it is in review, or look at the others: thalogos compare ${id}`,
  });
}

function isClosed({ state }: TaskRecord): boolean {
  return state.kind === 'cancelled' || state.kind === 'saved';
}

function secondsOf(runs: RunStore, { id }: TaskRecord): number {
  const ms = runs
    .ofTask(id)
    .reduce((sum, { startedAt, endedAt }) => sum + (endedAt === null ? 0 : endedAt - startedAt), 0);
  return Math.round(ms / 1000);
}
