/** Projects, sessions, goals, tasks, runs, decisions, settings and the audit chain. */
export const START = `
CREATE TABLE marker (id INTEGER PRIMARY KEY CHECK (id = 1), instance TEXT NOT NULL);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE projects (
  id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sessions (
  id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects(id), state TEXT NOT NULL,
  created_at INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_project ON sessions(project, created_at);
CREATE TABLE goals (
  id TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES sessions(id), created_at INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX goals_by_session ON goals(session, created_at);
CREATE TABLE tasks (
  id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects(id), session TEXT NOT NULL REFERENCES sessions(id),
  goal TEXT NOT NULL REFERENCES goals(id), position INTEGER NOT NULL, state TEXT NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX tasks_by_project ON tasks(project, position);
CREATE INDEX tasks_by_state ON tasks(state);
CREATE TABLE runs (
  id TEXT PRIMARY KEY, task TEXT NOT NULL REFERENCES tasks(id), started_at INTEGER NOT NULL,
  open INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX runs_by_task ON runs(task, started_at);
CREATE UNIQUE INDEX one_open_run ON runs(task) WHERE open = 1;
CREATE TABLE decisions (
  id TEXT PRIMARY KEY, project TEXT NOT NULL, task TEXT, state TEXT NOT NULL, created_at INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX decisions_open ON decisions(project, state, created_at);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  on_what TEXT NOT NULL, why TEXT NOT NULL, source TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
`;
