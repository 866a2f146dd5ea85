import { createHash } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';

/** One act that must be answerable for: who did what, on what, why and from where. */
export interface AuditEntry {
  readonly who: string;
  /** The act, such as `policy.loosened`. */
  readonly what: string;
  readonly onWhat: string;
  readonly why: string;
  /** `console`, `cli`, `orchestrator`, or an address. */
  readonly source: string;
}

/** The newest link of the chain; `seq` 0 and a hash of zeros while it is empty. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** What a walk along the chain found; `brokenAt` is the first entry that does not fit. */
export type AuditVerdict =
  | { readonly kind: 'whole'; readonly entries: number }
  | { readonly kind: 'broken'; readonly brokenAt: number; readonly why: string };

/** The append-only chain: each entry holds the hash of the one before it. */
export interface Audit {
  /** Adds an entry in the caller's transaction; throws outside one. */
  append(entry: AuditEntry): AuditHead;
  head(): AuditHead;
  /** Place of the entry with that hash, 0 for the start of the chain; null when the chain has no such entry. */
  find(hash: string): number | null;
  verify(): AuditVerdict;
}

interface Row {
  readonly seq: number;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly on_what: string;
  readonly why: string;
  readonly source: string;
  readonly previous: string;
  readonly hash: string;
}

/** What the first entry names as the one before it. */
const GENESIS = '0'.repeat(64);

/** Keeps the chain in the table `audit` of the server's database. */
export function makeAudit({ db, clock }: { db: Db; clock: Clock }): Audit {
  const insert = db.prepare<[number, string, string, string, string, string, string, string]>(
    'INSERT INTO audit (at, who, what, on_what, why, source, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const newest = db.prepare<[], Row>('SELECT * FROM audit ORDER BY seq DESC LIMIT 1');
  const all = db.prepare<[], Row>('SELECT * FROM audit ORDER BY seq');
  const byHash = db.prepare<[string], Row>('SELECT * FROM audit WHERE hash = ?');
  const head = (): AuditHead => {
    const row = newest.get();
    return row === undefined ? { seq: 0, hash: GENESIS } : { seq: row.seq, hash: row.hash };
  };
  const append = (entry: AuditEntry): AuditHead => {
    if (!db.inTransaction)
      throw new Error(`Could not audit ${entry.what}: an act and its entry belong in one transaction`);
    const previous = head().hash;
    const at = clock.now();
    const hash = hashOf(previous, { ...entry, at });
    const { lastInsertRowid } = insert.run(
      at,
      entry.who,
      entry.what,
      entry.onWhat,
      entry.why,
      entry.source,
      previous,
      hash,
    );
    return { seq: Number(lastInsertRowid), hash };
  };
  const find = (hash: string) => (hash === GENESIS ? 0 : (byHash.get(hash)?.seq ?? null));
  return { append, head, find, verify: () => verifyRows(all.iterate()) };
}

function verifyRows(rows: Iterable<Row>): AuditVerdict {
  let previous = GENESIS;
  let entries = 0;
  for (const row of rows) {
    entries += 1;
    if (row.seq !== entries) return { kind: 'broken', brokenAt: entries, why: `entry ${entries} is missing` };
    if (row.previous !== previous)
      return { kind: 'broken', brokenAt: row.seq, why: `entry ${row.seq} does not follow the one before it` };
    const { at, who, what, why, source } = row;
    if (row.hash !== hashOf(previous, { at, who, what, onWhat: row.on_what, why, source })) {
      return { kind: 'broken', brokenAt: row.seq, why: `entry ${row.seq} was changed after it was written` };
    }
    previous = row.hash;
  }
  return { kind: 'whole', entries };
}

/** sha256 over the previous hash and the entry as JSON with its keys in alphabetical order and no blanks. */
function hashOf(
  previous: string,
  { at, onWhat, source, what, who, why }: AuditEntry & { readonly at: number },
): string {
  return createHash('sha256')
    .update(previous)
    .update(JSON.stringify({ at, onWhat, source, what, who, why }))
    .digest('hex');
}
