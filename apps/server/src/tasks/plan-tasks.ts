import type { Goal, Oid, Task } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Recorder } from '../platform/recorder.ts';
import type { TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import { taskView } from './task-view.ts';

/** One task as a planner proposes it. */
export interface Proposed {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly agent: string;
  readonly role?: string | null;
  readonly predicted?: Task['predicted'];
  readonly after: readonly string[];
  /** The commit that it starts from, where that is not the newest main. */
  readonly base?: Oid;
  /** The conflict that it proposes a solution for. */
  readonly settles?: string;
}

/** Where proposed tasks belong, and who approved in advance whatever comes of them. */
export interface PlanOf {
  readonly goal: Goal;
  readonly project: string;
  readonly approvedBy: string | null;
}

/** Makes planned tasks of a plan, keys turned into ids; call it inside the transaction that records the goal. */
export function makePlanTasks({
  tasks,
  recorder,
  clock,
}: {
  tasks: TaskStore;
  recorder: Recorder;
  clock: Clock;
}) {
  return (proposed: readonly Proposed[], { goal, project, approvedBy }: PlanOf): readonly Task[] =>
    recorder.transact(() => {
      const ids = new Map(proposed.map(({ key }) => [key, newId('t')]));
      const first = tasks.nextPosition(project);
      return proposed.map((one, index) => {
        const id = ids.get(one.key) ?? newId('t');
        const task: TaskRecord = {
          ...EMPTY,
          plan: [],
          id,
          project,
          session: goal.session,
          goal: goal.id,
          key: one.key,
          title: one.title,
          text: one.text,
          agent: one.agent,
          after: one.after.flatMap((key) => ids.get(key) ?? []),
          position: first + index,
          createdAt: clock.now(),
          since: clock.now(),
          approvedInAdvance: approvedBy,
          base: one.base ?? null,
          ...(one.settles === undefined ? {} : { settles: one.settles }),
          ...(one.predicted === undefined ? {} : { predicted: one.predicted }),
          role: one.role ?? null,
          branch: `session/${goal.session}/task/${id}`,
        };
        tasks.put(task);
        const about = { project, session: goal.session, task: id, by: 'orchestrator' };
        const view = taskView(task);
        recorder.record({ ...about, type: 'task.planned', data: { view } });
        return view;
      });
    });
}

const EMPTY = {
  state: { kind: 'planned' },
  work: null,
  runs: 0,
  run: null,
  failures: { count: 0, fingerprint: null },
  nextInput: null,
  nativeId: null,
  agentVersion: null,
  lastLine: null,
  cost: null,
} as const;
