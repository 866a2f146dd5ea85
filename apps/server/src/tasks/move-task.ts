import type { NewThalogosEvent, Task } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import { evolve, type TaskFact, type TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import { taskView } from './task-view.ts';

/** What moving a task needs. */
export interface MoveDeps {
  readonly tasks: TaskStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** Records a fact about a task: the task as it is after it and the event that says so are one transaction. */
export type MoveTask = (task: string, fact: TaskFact, by: string) => TaskRecord;

/** The one door through which a task changes its state. */
export function makeMoveTask({ tasks, recorder, clock }: MoveDeps): MoveTask {
  return (id, fact, by) =>
    recorder.transact(() => {
      const next = evolve(requireTask(tasks, id), fact, clock.now());
      tasks.put(next);
      recorder.record(taskEvent(next, fact, by));
      return next;
    });
}

/** The task of that name; throws `Refusal` where there is none. */
export function requireTask(tasks: TaskStore, id: string): TaskRecord {
  const task = tasks.find(id);
  if (task === null) {
    throw new Refusal('not-found', `There is no task ${id}.`, {
      hint: 'See `thalogos tasks` for the tasks there are.',
    });
  }
  return task;
}

function taskEvent(task: TaskRecord, fact: TaskFact, by: string): NewThalogosEvent {
  const about = { project: task.project, session: task.session, task: task.id, by };
  const view = taskView(task);
  switch (fact.type) {
    case 'task.finished':
      return { ...about, type: fact.type, data: { ...fact.work, view } };
    case 'task.approved':
      return {
        ...about,
        type: fact.type,
        data: { result: fact.approval.result, tree: fact.approval.tree, view },
      };
    case 'task.blocked':
      return { ...about, type: fact.type, data: { on: [...fact.on], view } };
    case 'task.queued':
      return { ...about, type: fact.type, data: { reason: fact.reason, view } };
    case 'task.routed':
      return { ...about, type: fact.type, data: { choice: fact.choice, view } };
    case 'task.held': {
      const { why = null, until = null } = fact.held ?? {};
      return { ...about, type: fact.type, data: { why, until, view } };
    }
    case 'task.prioritised':
      return { ...about, type: fact.type, data: { priority: fact.priority, view } };
    default:
      return plainEvent(about, fact, view);
  }
}

type About = Pick<NewThalogosEvent, 'project' | 'session' | 'task' | 'by'>;
type PlainFact = Exclude<
  TaskFact,
  {
    type:
      | 'task.finished'
      | 'task.approved'
      | 'task.blocked'
      | 'task.queued'
      | 'task.routed'
      | 'task.held'
      | 'task.prioritised';
  }
>;

function plainEvent(about: About, fact: PlainFact, view: Task): NewThalogosEvent {
  switch (fact.type) {
    case 'task.started':
      return { ...about, type: fact.type, data: { run: fact.run, base: fact.base, view } };
    case 'task.waiting':
      return { ...about, type: fact.type, data: { decision: fact.decision, view } };
    case 'task.continued':
      return { ...about, type: fact.type, data: { run: fact.run, view } };
    case 'task.failed':
      return { ...about, type: fact.type, data: { error: fact.error, view } };
    case 'task.interrupted':
    case 'task.reopened':
      return { ...about, type: fact.type, data: { why: fact.why, view } };
    case 'task.rejected':
      return { ...about, type: fact.type, data: { because: fact.because, view } };
    case 'task.saved':
      return { ...about, type: fact.type, data: { save: fact.save, tag: fact.tag, view } };
    case 'task.assigned':
      return { ...about, type: fact.type, data: { agent: fact.agent, view } };
    case 'task.superseded':
      return { ...about, type: fact.type, data: { by: fact.by, view } };
    case 'task.handed-over':
      return { ...about, type: fact.type, data: { from: fact.from, to: fact.to, why: fact.why, view } };
    case 'task.silent':
      return { ...about, type: fact.type, data: { run: fact.run, silence: fact.silence, view } };
    case 'task.heard':
      return { ...about, type: fact.type, data: { run: fact.run, view } };
    case 'task.rebased':
      return { ...about, type: fact.type, data: { from: fact.from, to: fact.to, view } };
    case 'task.fell-behind':
      return { ...about, type: fact.type, data: { ...fact.behind, view } };
    case 'task.amended': {
      const { work, what, paths } = fact;
      return {
        ...about,
        type: fact.type,
        data: { ...{ result: work.result, tree: work.tree }, what, paths: [...paths], view },
      };
    }
    case 'task.edited':
    case 'task.stopped':
    case 'task.kept':
    case 'task.cancelled':
      return { ...about, type: fact.type, data: { view } };
  }
}
