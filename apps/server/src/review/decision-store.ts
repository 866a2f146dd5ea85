import type { Decision, ProjectId, RunId, SessionId } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** A decision with what is needed to carry its answer to whoever asked. */
export interface DecisionRecord extends Decision {
  readonly project: ProjectId;
  readonly session: SessionId | null;
  readonly run: RunId | null;
  /** The agent's own name for its question. */
  readonly requestId: string | null;
  /** Names what leave is asked for; absent where nothing is. */
  readonly leave?: string;
}

/** Keeps decisions; synchronous, so a decision and the event that reports it are one transaction. */
export interface DecisionStore {
  put(decision: DecisionRecord): void;
  find(id: string): DecisionRecord | null;
  open(project: string): readonly DecisionRecord[];
  openOfRun(run: string): readonly DecisionRecord[];
  openEverywhere(): readonly DecisionRecord[];
  /** What was settled about a task. */
  answeredOfTask(task: string): readonly DecisionRecord[];
}

interface Row {
  readonly record: string;
}

/** A decision store on the server's database. */
export function makeDecisionStore(db: Db): DecisionStore {
  const put = db.prepare(
    `INSERT INTO decisions (id, project, task, state, created_at, record) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, record = excluded.record`,
  );
  const find = db.prepare<[string], Row>('SELECT record FROM decisions WHERE id = ?');
  const open = db.prepare<[string], Row>(
    "SELECT record FROM decisions WHERE project = ? AND state = 'open' ORDER BY created_at, id",
  );
  const openAll = db.prepare<[], Row>(
    "SELECT record FROM decisions WHERE state = 'open' ORDER BY created_at, id",
  );
  const answered = db.prepare<[string], Row>(
    "SELECT record FROM decisions WHERE task = ? AND state = 'answered' ORDER BY created_at, id",
  );
  const openEverywhere = () => openAll.all().map(parseRow);
  return {
    put: (decision) =>
      put.run(
        decision.id,
        decision.project,
        decision.task,
        decision.state,
        decision.createdAt,
        JSON.stringify(decision),
      ),
    find: (id) => find.all(id).map(parseRow)[0] ?? null,
    open: (project) => open.all(project).map(parseRow),
    openOfRun: (run) => openEverywhere().filter((decision) => decision.run === run),
    openEverywhere,
    answeredOfTask: (task) => answered.all(task).map(parseRow),
  };
}

function parseRow(row: Row): DecisionRecord {
  return parseStored(row.record);
}
