import { createHash } from 'node:crypto';
import type { CheckConfig, CheckResult, Oid, ProjectConfig } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** What checks said before, by the tree they looked at and the command that looked. */
export interface CheckResultsStore {
  put(key: CheckKey, result: CheckResult, at: number): void;
  get(key: CheckKey): CheckResult | null;
}

/** One command on one tree. */
export interface CheckKey {
  readonly project: string;
  readonly tree: Oid;
  readonly command: string;
}

/** Names a check by everything that decides what it does: its command, its limit and the setup before it. */
export function commandHash(check: CheckConfig, config: ProjectConfig): string {
  const parts = [check.name, check.command, check.timeout, config.setup, config.copy];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Keeps results in the server's database. */
export function makeCheckResultsStore(db: Db): CheckResultsStore {
  const put = db.prepare<[string, string, string, number, string]>(
    'INSERT OR REPLACE INTO check_results (project, tree, command, at, record) VALUES (?, ?, ?, ?, ?)',
  );
  const get = db.prepare<[string, string, string], { record: string }>(
    'SELECT record FROM check_results WHERE project = ? AND tree = ? AND command = ?',
  );
  return {
    put: ({ project, tree, command }, result, at) => {
      put.run(project, tree, command, at, JSON.stringify(result));
    },
    get: ({ project, tree, command }) => {
      const row = get.get(project, tree, command);
      return row === undefined ? null : parseStored<CheckResult>(row.record);
    },
  };
}
