import type { Db } from '../platform/database.ts';

/** What a vendor said of an account last. */
export interface KeptLimit {
  readonly account: string;
  readonly until: number;
  /** How often in a row it gave no more work. */
  readonly strikes: number;
  readonly reason: string;
}

/** Keeps limits, what people were told of budgets, and which agents are switched off. */
export interface LimitStore {
  limit(account: string): KeptLimit | null;
  putLimit(limit: KeptLimit): void;
  dropLimit(account: string): void;
  toldAt(project: string, budget: string): number | null;
  putTold(project: string, budget: string, at: number): void;
  isOff(agent: string): boolean;
  setOff(agent: string, isOff: boolean): void;
}

/** A store of limits on the server's database. */
export function makeLimitStore(db: Db): LimitStore {
  const limit = db.prepare<[string], KeptLimit>('SELECT * FROM account_limits WHERE account = ?');
  const putLimit = db.prepare(
    'INSERT OR REPLACE INTO account_limits (account, until, strikes, reason) VALUES (?, ?, ?, ?)',
  );
  const dropLimit = db.prepare('DELETE FROM account_limits WHERE account = ?');
  const told = db.prepare<[string, string], { at: number }>(
    'SELECT at FROM told_budgets WHERE project = ? AND budget = ?',
  );
  const putTold = db.prepare('INSERT OR REPLACE INTO told_budgets (project, budget, at) VALUES (?, ?, ?)');
  const off = db.prepare<[string]>('SELECT 1 FROM agents_off WHERE agent = ?');
  const setOff = db.prepare('INSERT OR IGNORE INTO agents_off (agent) VALUES (?)');
  const setOn = db.prepare('DELETE FROM agents_off WHERE agent = ?');
  return {
    limit: (account) => limit.get(account) ?? null,
    putLimit: ({ account, until, strikes, reason }) => void putLimit.run(account, until, strikes, reason),
    dropLimit: (account) => void dropLimit.run(account),
    toldAt: (project, budget) => told.get(project, budget)?.at ?? null,
    putTold: (project, budget, at) => void putTold.run(project, budget, at),
    isOff: (agent) => off.get(agent) !== undefined,
    setOff: (agent, isOff) => void (isOff ? setOff : setOn).run(agent),
  };
}
