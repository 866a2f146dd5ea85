import { ConflictError, NotFoundError, ValidationError } from '../types/errors.ts';
import type { WorkflowState, WorkflowTask } from '../types/group.ts';

/** A workflow without work. */
export const EMPTY_WORKFLOW: WorkflowState = { tasks: [], completedTaskIds: [] };

/** Adds a task whose dependencies are there already: so there is never a circle. */
export function addTask(workflow: WorkflowState, task: WorkflowTask): WorkflowState {
  const known = new Set(workflow.tasks.map(({ id }) => id));
  const unknown = task.dependencies.filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new ValidationError(`Task ${task.id} waits for ${unknown.join(', ')}, which nobody knows`, [
      'dependencies',
    ]);
  if (known.has(task.id)) throw new ConflictError(`There is a task ${task.id} already`);
  return { ...workflow, tasks: [...workflow.tasks, task] };
}

/** The first task that waits for nothing any more. */
export function nextTask({ tasks, completedTaskIds }: WorkflowState): WorkflowTask | undefined {
  const completed = new Set(completedTaskIds);
  return tasks.find(
    ({ status, dependencies }) => status === 'pending' && dependencies.every((id) => completed.has(id)),
  );
}

/** Makes a task the current one. */
export function startTask(workflow: WorkflowState, taskId: string): WorkflowState {
  const task = findTask(workflow, taskId);
  if (task.status !== 'pending') throw new ConflictError(`Task ${taskId} is ${task.status} already`);
  return { ...replace(workflow, { ...task, status: 'in_progress' }), currentTaskId: taskId };
}

/** Ends a task; what waits for one that has failed never starts. */
export function endTask(
  workflow: WorkflowState,
  { taskId, status, at }: { taskId: string; status: 'completed' | 'failed'; at: number },
): WorkflowState {
  const task = findTask(workflow, taskId);
  if (task.status === 'completed' || task.status === 'failed')
    throw new ConflictError(`Task ${taskId} is ${task.status} already`);
  const { currentTaskId, ...rest } = replace(workflow, { ...task, status, completedAt: at });
  const completedTaskIds =
    status === 'completed' ? [...rest.completedTaskIds, taskId] : rest.completedTaskIds;
  const current = currentTaskId === undefined || currentTaskId === taskId ? {} : { currentTaskId };
  return { ...rest, completedTaskIds, ...current };
}

function findTask({ tasks }: WorkflowState, taskId: string): WorkflowTask {
  const task = tasks.find(({ id }) => id === taskId);
  if (task === undefined) throw new NotFoundError('Task', taskId);
  return task;
}

function replace(workflow: WorkflowState, task: WorkflowTask): WorkflowState {
  return { ...workflow, tasks: workflow.tasks.map((each) => (each.id === task.id ? task : each)) };
}
