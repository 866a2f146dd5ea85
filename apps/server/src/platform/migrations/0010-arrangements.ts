/** How the panels of a session stand when they are arranged freely; `revision` counts the changes. */
export const ARRANGEMENTS = `
CREATE TABLE arrangements (
  session TEXT PRIMARY KEY REFERENCES sessions (id), body TEXT NOT NULL, revision INTEGER NOT NULL
);
`;
