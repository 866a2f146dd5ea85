import type { TranscriptBlock } from '@thalogos/contracts';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../platform/database.ts';
import { BRIEF, briefBlock } from './transcript-brief.ts';
import { makeTranscriptCalls } from './transcript-calls.ts';
import { findInTranscript } from './transcript-find.ts';
import { makeTranscriptStore, TRANSCRIPT_MIGRATIONS, type TranscriptStore } from './transcript-store.ts';

const MANY = 200_000;

function block(given: Partial<TranscriptBlock> & { readonly seq: number }): TranscriptBlock {
  return {
    ...{ run: 'r-1', at: 7, kind: 'text', text: '', status: null, output: null, exitCode: null, diffs: [] },
    ...given,
  };
}

async function openStore() {
  const directory = await makeTemporaryDirectory();
  const db = openDatabase({
    file: join(directory.path, 'transcripts.db'),
    durability: 'NORMAL',
    migrations: TRANSCRIPT_MIGRATIONS,
  });
  const close = async () => {
    db.close();
    await directory[Symbol.asyncDispose]();
  };
  return { db, store: makeTranscriptStore(db, (text) => text), [Symbol.asyncDispose]: close };
}

describe('a transcript of 200,000 blocks', () => {
  let opened: Awaited<ReturnType<typeof openStore>>;
  beforeAll(async () => {
    opened = await openStore();
    const put = opened.db.prepare('INSERT INTO blocks (task, seq, run, record) VALUES (?, ?, ?, ?)');
    opened.db.transaction(() => {
      for (let seq = 1; seq <= MANY; seq += 1) {
        put.run('t-long', seq, 'r-1', JSON.stringify(block({ seq, text: `line ${seq}` })));
      }
    })();
    opened.store.put('t-other', [block({ seq: 1, text: 'line 77777' })]);
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  const seqs = ({ blocks }: { blocks: readonly TranscriptBlock[] }) => blocks.map(({ seq }) => seq);

  it('knows how many there are, and gives any page of them', () => {
    const calls = makeTranscriptCalls(opened.store);
    const page = { task: 't-long', brief: true, limit: 3 };
    expect(calls.transcript({ ...page, after: 0 }).total).toBe(MANY);
    expect(seqs(calls.transcript({ ...page, after: 0, before: MANY + 1 }))).toEqual([199_998, 199_999, MANY]);
    expect(seqs(calls.transcript({ ...page, after: 120_000 }))).toEqual([120_001, 120_002, 120_003]);
    expect(seqs(calls.transcript({ ...page, after: MANY }))).toEqual([]);
  });

  it('asks by its index, and never sorts or walks through what it does not give', () => {
    for (const where of ['seq > ? ORDER BY seq', 'seq < ? ORDER BY seq DESC', 'seq = ? ORDER BY seq']) {
      const plan = opened.db
        .prepare(`EXPLAIN QUERY PLAN SELECT record FROM blocks WHERE task = ? AND ${where} LIMIT 10`)
        .all('t-long', 5)
        .map((row) => JSON.stringify(row))
        .join();
      expect(plan).toMatch(/SEARCH blocks USING PRIMARY KEY/);
      expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
    }
  });

  it('is looked through whole, and only its own blocks', async () => {
    expect(await findInTranscript(opened.store, { task: 't-long', text: 'LINE 77777' })).toEqual({
      blocks: [77_777],
      count: 1,
      isCut: false,
    });
  });

  it('names no more blocks than anybody can step through, and says that there are more', async () => {
    const found = await findInTranscript(opened.store, { task: 't-long', text: 'line' });
    expect([found.blocks.length, found.isCut]).toEqual([20_000, true]);
  });

  it('stops looking when nobody waits any more', async () => {
    let read = 0;
    const store: Pick<TranscriptStore, 'scan'> = {
      scan: (...where) => {
        read += 1;
        return opened.store.scan(...where);
      },
    };
    await findInTranscript(store, { task: 't-long', text: 'nowhere' }, AbortSignal.abort());
    expect(read).toBe(1);
  });
});

describe('looking for a text', () => {
  const found = async (text: string, ...blocks: readonly TranscriptBlock[]) => {
    await using at = await openStore();
    at.store.put('t-1', blocks);
    const { blocks: seqs, count } = await findInTranscript(at.store, { task: 't-1', text });
    return { seqs, count };
  };

  it('counts it in what was said, printed and changed, in any case', async () => {
    const blocks = [
      block({ seq: 1, text: 'Rounding up, rounding down' }),
      block({ seq: 2, kind: 'command', output: 'ROUND trip' }),
      block({ seq: 3, kind: 'edit', diffs: [{ path: 'src/round.js', unified: '+round()' }] }),
      block({ seq: 4, text: 'else' }),
    ];
    expect(await found('round', ...blocks)).toEqual({ seqs: [1, 2, 3], count: 5 });
  });

  it.each([
    'say "hi"',
    'C:\\temp',
    'a\tb',
    "it's; DROP TABLE blocks; --",
    '%_*?',
    'NEAR(a b)',
    'a AND b*',
    '日本語',
    '👩‍💻 done',
    'ÄÖÜ straße',
  ])('takes %j letter for letter', async (text) => {
    expect(await found(text, block({ seq: 1, text: `before ${text} after` }), block({ seq: 2 }))).toEqual({
      seqs: [1],
      count: 1,
    });
  });

  it('knows a word of JSON that nobody wrote from one that somebody did', async () => {
    expect(await found('status', block({ seq: 1 }), block({ seq: 2, text: 'git status' }))).toEqual({
      seqs: [2],
      count: 1,
    });
  });

  it('finds coloured words as they read', async () => {
    const output = '\u001b[32m12\u001b[0m passed';
    expect(await found('12 passed', block({ seq: 1, kind: 'command', output }))).toEqual({
      seqs: [1],
      count: 1,
    });
  });
});

describe('a brief block', () => {
  it('is a short one as it is', () => {
    const short = block({ seq: 1, text: 'short', output: 'out' });
    expect(briefBlock(short)).toBe(short);
  });

  it('holds the end of what a command printed, from the beginning of a line, and its true size', () => {
    const output = `${'a line\n'.repeat(5000)}the end`;
    const brief = briefBlock(block({ seq: 1, kind: 'command', text: 'ls', output }));
    expect(brief.output?.startsWith('a line\n')).toBe(true);
    expect(brief.output?.endsWith('the end')).toBe(true);
    expect(brief.output?.length).toBeLessThanOrEqual(BRIEF.output);
    expect(brief.cut).toEqual({ text: 2, output: output.length, diffs: 0 });
  });

  it('holds the beginning of texts, of what tools gave and of diffs', () => {
    const diff = { path: 'a', unified: '+'.repeat(20_000) };
    const brief = briefBlock(
      block({
        ...{ seq: 1, kind: 'tool', text: `b${'x'.repeat(30_000)}`, output: `c${'y'.repeat(9000)}` },
        diffs: [diff, { ...diff, path: 'b' }, { ...diff, path: 'c' }],
      }),
    );
    expect([brief.text.length, brief.output?.length]).toEqual([BRIEF.text, BRIEF.output]);
    expect(brief.output?.[0]).toBe('c');
    expect(brief.diffs.map(({ path, unified }) => [path, unified.length])).toEqual([
      ['a', 20_000],
      ['b', 4000],
      ['c', 0],
    ]);
  });

  it('comes whole when it is asked for by its number, and is refused by name where there is none', async () => {
    await using at = await openStore();
    at.store.put('t-1', [block({ seq: 1, output: 'z'.repeat(9000) })]);
    const calls = makeTranscriptCalls(at.store);
    const page = calls.transcript({ task: 't-1', after: 0, limit: 10, brief: true });
    expect(page.blocks[0]?.output?.length).toBe(BRIEF.output);
    expect(calls.block({ task: 't-1', seq: 1 }).output?.length).toBe(9000);
    expect(() => calls.block({ task: 't-1', seq: 2 })).toThrow(/no block 2/);
  });

  it('never makes a page heavier than a few megabytes', async () => {
    await using at = await openStore();
    at.store.put(
      't-1',
      Array.from({ length: 60 }, (_, index) => block({ seq: index + 1, output: 'z'.repeat(200_000) })),
    );
    const page = at.store.after('t-1', 0, 100);
    expect(page.more).toBe(true);
    expect(page.blocks.length).toBeLessThan(30);
  });
});
