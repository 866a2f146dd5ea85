/** The journal of Saves, what checks said of which tree, checkouts that are being brought forward, and the timeline. */
export const SAVES = `
CREATE TABLE saves (
  id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects(id), started_at INTEGER NOT NULL,
  position INTEGER NOT NULL, open INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX saves_by_project ON saves(project, position);
CREATE UNIQUE INDEX one_open_save ON saves(project) WHERE open = 1;
CREATE TABLE check_results (
  project TEXT NOT NULL REFERENCES projects(id), tree TEXT NOT NULL, command TEXT NOT NULL, at INTEGER NOT NULL,
  record TEXT NOT NULL, PRIMARY KEY (project, tree, command)
) WITHOUT ROWID;
CREATE TABLE touched_checkouts (
  project TEXT PRIMARY KEY REFERENCES projects(id), record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE timeline (
  position INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL REFERENCES projects(id),
  save TEXT NOT NULL UNIQUE, tag TEXT, record TEXT NOT NULL
);
CREATE UNIQUE INDEX timeline_by_tag ON timeline(project, tag) WHERE tag IS NOT NULL;
CREATE INDEX timeline_by_project ON timeline(project, position);
`;
