/** Files that people handed in; their contents lie beside the database, each under its hash. */
export const ATTACHMENTS = `
CREATE TABLE attachments (
  id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects(id), sha256 TEXT NOT NULL,
  created_at INTEGER NOT NULL, is_used INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX attachments_content ON attachments(sha256);
CREATE INDEX attachments_unused ON attachments(created_at) WHERE is_used = 0;
`;
