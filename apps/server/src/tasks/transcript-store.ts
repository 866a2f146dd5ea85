import type { TranscriptBlock } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** The schema of `transcripts.db`: bulk output, kept apart from the log with relaxed durability. */
export const TRANSCRIPT_MIGRATIONS: readonly string[] = [
  `CREATE TABLE blocks (
     task TEXT NOT NULL, seq INTEGER NOT NULL, run TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (task, seq)
   ) WITHOUT ROWID;`,
];

/** One page of a transcript; `more` says whether the direction asked for holds further blocks. */
export interface TranscriptPage {
  readonly blocks: readonly TranscriptBlock[];
  readonly more: boolean;
}

/** Keeps what agents said and did, block by block. */
export interface TranscriptStore {
  /** Writes blocks (a block with a known `seq` is replaced) in one transaction. */
  put(task: string, blocks: readonly TranscriptBlock[]): void;
  last(task: string): number;
  after(task: string, seq: number, limit: number): TranscriptPage;
  before(task: string, seq: number, limit: number): TranscriptPage;
  /** One block; null where there is none of that number. */
  find(task: string, seq: number): TranscriptBlock | null;
  /** Blocks after `seq` as they are stored, for whoever looks through all of them. */
  scan(task: string, seq: number, limit: number): readonly StoredBlock[];
}

/** A block as JSON. */
export interface StoredBlock {
  readonly seq: number;
  readonly record: string;
}

/** The most that one page holds, in characters of its records, so that no reader holds the server up; one block always comes. */
const MAX_PAGE_SIZE = 4_000_000;

interface Row {
  readonly record: string;
}

/** A transcript store on `transcripts.db`; `redactText` takes known secrets out of what agents printed. */
export function makeTranscriptStore(db: Db, redactText: (text: string) => string): TranscriptStore {
  const put = db.prepare('INSERT OR REPLACE INTO blocks (task, seq, run, record) VALUES (?, ?, ?, ?)');
  const last = db.prepare<[string], { last: number | null }>(
    'SELECT max(seq) AS last FROM blocks WHERE task = ?',
  );
  const after = db.prepare<[string, number, number], Row>(
    'SELECT record FROM blocks WHERE task = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const before = db.prepare<[string, number, number], Row>(
    'SELECT record FROM blocks WHERE task = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
  );
  const find = db.prepare<[string, number], Row>('SELECT record FROM blocks WHERE task = ? AND seq = ?');
  const scan = db.prepare<[string, number, number], StoredBlock>(
    'SELECT seq, record FROM blocks WHERE task = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const putAll = db.transaction((task: string, blocks: readonly TranscriptBlock[]) => {
    for (const block of blocks) put.run(task, block.seq, block.run, redactText(JSON.stringify(block)));
  });
  return {
    put: (task, blocks) => putAll(task, blocks),
    last: (task) => last.get(task)?.last ?? 0,
    after: (task, seq, limit) => page(after.iterate(task, seq, limit + 1), limit),
    before: (task, seq, limit) => {
      const { blocks, more } = page(before.iterate(task, seq, limit + 1), limit);
      return { blocks: blocks.toReversed(), more };
    },
    find: (task, seq) => {
      const row = find.get(task, seq);
      return row === undefined ? null : parseStored<TranscriptBlock>(row.record);
    },
    scan: (task, seq, limit) => scan.all(task, seq, limit),
  };
}

function page(rows: Iterable<Row>, limit: number): TranscriptPage {
  const blocks: TranscriptBlock[] = [];
  let size = 0;
  for (const { record } of rows) {
    if (blocks.length === limit || size > MAX_PAGE_SIZE) return { blocks, more: true };
    blocks.push(parseStored<TranscriptBlock>(record));
    size += record.length;
  }
  return { blocks, more: false };
}
