import type { Spending } from '@thalogos/smalltalk';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** Keeps what models took on one day, so that a restart forgets nothing of it. */
export interface SpendingStore {
  of(day: string): Spending;
  put(day: string, spending: Spending): void;
}

const NOTHING: Spending = { calls: 0, tokens: 0, costUsd: 0 };

/** A spending store on the server's database; it holds the last day alone. */
export function makeSpendingStore(db: Db): SpendingStore {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?');
  const write = db.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
  const key = 'models:spent';
  return {
    of: (day) => {
      const row = read.get(key);
      const kept = row === undefined ? null : parseStored<{ day: string; spending: Spending }>(row.value);
      return kept?.day === day ? kept.spending : NOTHING;
    },
    put: (day, spending) => void write.run(key, JSON.stringify({ day, spending })),
  };
}
