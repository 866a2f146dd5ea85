/** Limits of vendors' accounts, what people were told of budgets, agents that are switched off, runs by their start. */
export const LIMITS = `
CREATE TABLE account_limits (
  account TEXT PRIMARY KEY, until INTEGER NOT NULL, strikes INTEGER NOT NULL, reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE told_budgets (
  project TEXT NOT NULL REFERENCES projects(id), budget TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (project, budget)
) WITHOUT ROWID;
CREATE TABLE agents_off (agent TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX runs_by_start ON runs(started_at);
`;
