/** The journal of promotions, what was pushed to a remote, and what a forge said of which commit. */
export const BRANCHES = `
CREATE TABLE promotions (
  id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects(id), open INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX promotions_open ON promotions(open, project);
CREATE TABLE pushes (
  project TEXT NOT NULL REFERENCES projects(id), ref TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (project, ref)
) WITHOUT ROWID;
CREATE TABLE forge_checks (
  project TEXT NOT NULL REFERENCES projects(id), commit_oid TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (project, commit_oid)
) WITHOUT ROWID;
`;
