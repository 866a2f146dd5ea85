/** What each person looked at last of a task's result. */
export const LOOKS = `
CREATE TABLE looks (
  task TEXT NOT NULL, person TEXT NOT NULL, tree TEXT NOT NULL, result TEXT NOT NULL, base TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (task, person)
);
`;
