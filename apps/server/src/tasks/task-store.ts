import type { TaskState } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';
import type { TaskRecord } from './task.ts';

/** Keeps tasks; synchronous, so a task and the event that reports it are one transaction. */
export interface TaskStore {
  put(task: TaskRecord): void;
  find(id: string): TaskRecord | null;
  ofProject(project: string): readonly TaskRecord[];
  ofGoal(goal: string): readonly TaskRecord[];
  inStates(...states: readonly TaskState[]): readonly TaskRecord[];
  nextPosition(project: string): number;
}

interface Row {
  readonly record: string;
}

/** A task store on the server's database. */
export function makeTaskStore(db: Db): TaskStore {
  const put = db.prepare(
    `INSERT INTO tasks (id, project, session, goal, position, state, record) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE
       SET state = excluded.state, position = excluded.position, record = excluded.record`,
  );
  const find = db.prepare<[string], Row>('SELECT record FROM tasks WHERE id = ?');
  const ofProject = db.prepare<[string], Row>('SELECT record FROM tasks WHERE project = ? ORDER BY position');
  const ofGoal = db.prepare<[string], Row>('SELECT record FROM tasks WHERE goal = ? ORDER BY position');
  const inState = db.prepare<[string], Row>('SELECT record FROM tasks WHERE state = ? ORDER BY position');
  const last = db.prepare<[string], { last: number | null }>(
    'SELECT max(position) AS last FROM tasks WHERE project = ?',
  );
  return {
    put: (task) =>
      put.run(
        task.id,
        task.project,
        task.session,
        task.goal,
        task.position,
        task.state.kind,
        JSON.stringify(task),
      ),
    find: (id) => parse(find.get(id)),
    ofProject: (project) => ofProject.all(project).map(parseRow),
    ofGoal: (goal) => ofGoal.all(goal).map(parseRow),
    inStates: (...states) => states.flatMap((state) => inState.all(state).map(parseRow)),
    nextPosition: (project) => (last.get(project)?.last ?? 0) + 1,
  };
}

function parse(row: Row | undefined): TaskRecord | null {
  return row === undefined ? null : parseRow(row);
}

/** Rows are written by `put` alone, so they are not checked again. */
function parseRow(row: Row): TaskRecord {
  return parseStored(row.record);
}
