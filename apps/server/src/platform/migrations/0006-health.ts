/** Degraded mode while it is on: at most one row. */
export const HEALTH = `
CREATE TABLE degraded_mode (
  id INTEGER PRIMARY KEY CHECK (id = 1), since INTEGER NOT NULL, reason TEXT NOT NULL
);
`;
