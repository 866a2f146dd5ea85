/** Conflicts that merges met, how people settled them, and how single hunks were settled. */
export const CONFLICTS = `
CREATE TABLE conflicts (
  id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects(id), key TEXT NOT NULL, at INTEGER NOT NULL,
  record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX conflicts_by_project ON conflicts(project, at);
CREATE TABLE resolutions (
  project TEXT NOT NULL REFERENCES projects(id), key TEXT NOT NULL, at INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (project, key)
) WITHOUT ROWID;
CREATE TABLE hunk_solutions (
  project TEXT NOT NULL REFERENCES projects(id), hunk TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL,
  record TEXT NOT NULL, PRIMARY KEY (project, hunk, key)
) WITHOUT ROWID;
CREATE INDEX hunk_solutions_by_key ON hunk_solutions(project, key);
`;
