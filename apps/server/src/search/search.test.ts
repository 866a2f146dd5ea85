import type { Task, ThalogosEvent, TranscriptBlock } from '@thalogos/contracts';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import fastCheck from 'fast-check';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { excerptOf } from './excerpt.ts';
import { makeSearch } from './search.ts';
import { matchOf, wordsOf } from './words.ts';

type Sketch = Pick<ThalogosEvent, 'type'> & {
  readonly data: object;
  readonly task?: string;
  readonly project?: string;
};

/** A log in memory that reads as the real one, with an index of its own on the disk. */
async function setUp() {
  const directory = await makeTemporaryDirectory();
  const file = join(directory.path, 'search.db');
  let log: { seq: number; type: string; json: string }[] = [];
  const blocks: TranscriptBlock[] = [];
  const faults: unknown[] = [];
  const diffs = new Map<string, string>();
  const append = (...sketches: readonly Sketch[]) => {
    for (const { type, data, task = null, project = 'p-1' } of sketches) {
      const seq = log.length + 1;
      const event = { seq, at: seq * 10, type, project, session: 's-1', task, by: 'Mara', data };
      log.push({ seq, type, json: JSON.stringify(event) });
    }
  };
  const open = () =>
    makeSearch({
      file,
      events: {
        after: (seq, _filter, limit) => log.filter((event) => event.seq > seq).slice(0, limit),
        last: () => log.length,
        onAppended: () => () => undefined,
      },
      readBlocks: (_task, after, limit) => blocks.filter(({ seq }) => seq > after).slice(0, limit),
      readBlock: (_task, seq) => blocks.find((block) => block.seq === seq) ?? null,
      readChange: (task) => {
        const patch = diffs.get(task);
        if (patch === undefined) return Promise.reject(new Error('its objects are gone'));
        return Promise.resolve({ files: [], patch });
      },
      clock: { now: () => 0, after: () => () => undefined },
      onFault: (cause) => faults.push(cause),
    });
  let search = open();
  const find = (text: string, more: { project?: string } = {}) =>
    search.find({ project: more.project ?? 'p-1', text, limit: 30 }).hits;
  return {
    ...{ file, append, blocks, faults, diffs, find },
    get search() {
      return search;
    },
    read: () => search.caughtUp(),
    restart: async () => {
      await search.close();
      search = open();
      search.start();
      await search.caughtUp();
    },
    replaceLog: (events: readonly Sketch[]) => {
      log = [];
      append(...events);
    },
    [Symbol.asyncDispose]: async () => {
      await search.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

const goal = (id: string, text: string): Sketch => ({
  type: 'goal.stated',
  data: { goal: { id, session: 's-1', text, state: 'accepted', planner: 'plain', createdAt: 5 } },
});
const view = (id: string, more: Partial<Task> = {}) => ({
  ...{ id, title: `Title of ${id}`, text: '', agent: 'codex', branch: `session/s-1/task/${id}` },
  ...{ createdAt: 5, result: null, ...more },
});
const message = (id: string, content: string): Sketch => ({
  type: 'message.posted',
  data: { message: { id, content, role: 'user', agentName: null, at: 5 } },
});
const block = (seq: number, given: Partial<TranscriptBlock>): TranscriptBlock => ({
  ...{
    seq,
    run: 'r-1',
    at: seq,
    kind: 'text',
    text: '',
    status: null,
    output: null,
    exitCode: null,
    diffs: [],
  },
  ...given,
});
const kinds = (hits: readonly { kind: string; id: string }[]) => hits.map(({ kind, id }) => `${kind} ${id}`);

describe('the search', () => {
  it('finds goals, tasks, decisions, messages, checkpoints, changes and what agents said, each with its address', async () => {
    await using at = await setUp();
    at.blocks.push(block(1, { text: 'The walrus is rounded up' }), block(2, { kind: 'end', text: 'walrus' }));
    at.diffs.set('t-1', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+const walrus = 1;\n');
    const decision = { id: 'd-1', summary: 'Feed the walrus?', detail: '', answer: null, task: 't-1' };
    at.append(
      goal('g-1', '# A walrus\n\nfor everyone'),
      { type: 'task.planned', task: 't-1', data: { view: view('t-1', { text: 'draw a walrus' }) } },
      { type: 'decision.opened', data: { decision: { ...decision, state: 'open', createdAt: 5 } } },
      message('m-1', 'where is the walrus'),
      { type: 'run.ended', task: 't-1', data: { run: 'r-1' } },
      { type: 'task.finished', task: 't-1', data: { view: view('t-1', { result: 'a'.repeat(40) }) } },
      {
        type: 'checkpoint.published',
        data: { entry: { tag: 'checkpoint/1', summary: 'Walrus saved', tasks: [], by: 'Mara', at: 9 } },
      },
    );
    await at.read();
    const hits = at.find('walrus');
    expect(Object.fromEntries(hits.map(({ kind, address }) => [kind, address]))).toEqual({
      goal: '/',
      task: '/tasks/t-1',
      decision: '/inbox',
      message: '/',
      transcript: '/tasks/t-1?at=1',
      change: '/review/t-1',
      checkpoint: '/timeline/checkpoint%2F1',
    });
    expect(hits.length).toBe(7);
    expect(hits.find(({ kind }) => kind === 'transcript')).toMatchObject({
      title: 'Title of t-1',
      excerpt: 'The walrus is rounded up',
      marks: [{ from: 4, to: 10 }],
    });
  });

  it('holds to one project, and to the kinds that are asked for', async () => {
    await using at = await setUp();
    at.append(goal('g-1', 'otter'), message('m-1', 'otter'), { ...goal('g-2', 'otter'), project: 'p-2' });
    await at.read();
    expect(kinds(at.find('otter', { project: 'p-2' }))).toEqual(['goal g-2']);
    const { hits } = at.search.find({ project: 'p-1', text: 'otter', kinds: ['message'], limit: 5 });
    expect(kinds(hits)).toEqual(['message m-1']);
  });

  it('puts a word in a title before one in the text, and takes the last word for the beginning of one', async () => {
    await using at = await setUp();
    at.append(goal('g-1', 'Other\n\nthe heron and the heron'), goal('g-2', 'Heron\n\nsomething'));
    await at.read();
    expect(kinds(at.find('her'))).toEqual(['goal g-2', 'goal g-1']);
    expect(kinds(at.find('heron other'))).toEqual(['goal g-1']);
  });

  it('shows the newest words of a thing that has changed, and not the old ones', async () => {
    await using at = await setUp();
    at.append(
      { type: 'task.planned', task: 't-1', data: { view: view('t-1', { title: 'Badger' }) } },
      { type: 'task.edited', task: 't-1', data: { view: view('t-1', { title: 'Weasel' }) } },
    );
    await at.read();
    expect(at.find('badger')).toEqual([]);
    expect(kinds(at.find('weasel'))).toEqual(['task t-1']);
  });

  it('finds what a task changed once its objects are there, and everything else without them', async () => {
    await using at = await setUp();
    const finished = (id: string): Sketch => ({
      type: 'task.finished',
      task: id,
      data: { view: view(id, { result: 'a'.repeat(40) }) },
    });
    at.append(finished('t-gone'), goal('g-1', 'ibex'));
    await at.read();
    expect(kinds(at.find('ibex'))).toEqual(['goal g-1']);
    expect(at.faults.length).toBe(1);
  });
});

describe('what a person types', () => {
  const words = [
    ['"', 'quote " in it'],
    ['say "hi"', 'they say "hi" to all'],
    ['NEAR(a b)', 'calls NEAR(a b) here'],
    ['a AND b', 'a AND b'],
    ['title:x', 'title:x'],
    ['walk*', 'walk* on'],
    ['-minus', 'the -minus sign'],
    ["'; DROP TABLE things; --", "it's '; DROP TABLE things; -- gone"],
    ['src/limits/store.ts', 'edit src/limits/store.ts now'],
    ['日本', '私は日本語を話す'],
    ['한국', '저는 한국어를 해요'],
    ['🦀', 'written in 🦀 by hand'],
    ['strasse', 'die Strasse'],
    ['cafe', 'un café'],
    ['\u0000nul', 'a nul byte'],
  ] as const;

  it.each(words)('is text: %j', async (typed, text) => {
    await using at = await setUp();
    at.append(message('m-1', text), message('m-2', 'nothing of it'));
    await at.read();
    const found = kinds(at.find(typed));
    expect(found).toEqual(typed === '"' ? [] : ['message m-1']);
  });

  it('never makes it fail, whatever it is', async () => {
    await using at = await setUp();
    at.append(message('m-1', 'plain words'));
    await at.read();
    const text = fastCheck.oneof(
      fastCheck.string({ unit: 'binary', maxLength: 40 }),
      fastCheck
        .array(
          fastCheck.constantFrom(
            '"',
            '*',
            'NEAR',
            'AND',
            'OR',
            'NOT',
            '(',
            ')',
            ':',
            '^',
            '+',
            '-',
            ' ',
            'a',
            '\\',
            '日',
            '🦀',
            '\ud83e',
          ),
        )
        .map((all) => all.join('')),
    );
    fastCheck.assert(
      fastCheck.property(text, (typed) => Array.isArray(at.find(typed))),
      { numRuns: 120 },
    );
    expect(at.find('x '.repeat(1000))).toEqual([]);
    expect(at.find('y'.repeat(2000))).toEqual([]);
  });

  it('is cut into words that hold something, each of them quoted', () => {
    expect(wordsOf('  a\t"b"  * -- 語 ')).toEqual(['a', '"b"', '語']);
    expect(matchOf(['a', '"b"', '語'])).toBe('"a"* """b"""* "語"*');
    expect(matchOf([])).toBeNull();
  });
});

describe('the index', () => {
  it('goes on where a server that ended left it, and takes nothing twice', async () => {
    await using at = await setUp();
    at.append(goal('g-1', 'lynx'));
    await at.read();
    at.append(goal('g-2', 'lynx'));
    await at.restart();
    expect(kinds(at.find('lynx')).sort()).toEqual(['goal g-1', 'goal g-2']);
  });

  it('is made anew where it is torn, and where it knows the future of another log', async () => {
    await using at = await setUp();
    at.append(goal('g-1', 'lynx'), goal('g-2', 'lynx'));
    await at.read();
    await at.search.close();
    expect(existsSync(at.file)).toBe(true);
    writeFileSync(at.file, 'no database');
    await at.restart();
    expect(at.find('lynx').length).toBe(2);

    at.replaceLog([goal('g-9', 'marten'), goal('g-3', 'lynx')]);
    await at.restart();
    expect(kinds(at.find('lynx'))).toEqual(['goal g-3']);
    expect(kinds(at.find('marten'))).toEqual(['goal g-9']);
  });

  it('reads a long log in stretches, and says that it is at it', async () => {
    await using at = await setUp();
    at.append(...Array.from({ length: 1500 }, (_, index) => message(`m-${index}`, `word${index} gnu`)));
    expect(at.search.find({ project: 'p-1', text: 'gnu', limit: 5 })).toEqual({ hits: [], isBuilding: true });
    await at.read();
    expect(at.search.find({ project: 'p-1', text: 'word1499', limit: 5 })).toMatchObject({
      hits: [{ id: 'm-1499' }],
      isBuilding: false,
    });
  });

  it('reads what a run says while it goes on, and the rest when it has ended', async () => {
    await using at = await setUp();
    for (let seq = 1; seq <= 230; seq += 1) at.blocks.push(block(seq, { text: `stoat${seq}` }));
    const grown = (upto: number): Sketch => ({
      type: 'transcript.extended',
      task: 't-1',
      data: { run: 'r-1', upto },
    });
    at.append(grown(120), grown(205));
    await at.read();
    expect(at.find('stoat175').length).toBe(1);
    expect(at.find('stoat176')).toEqual([]);
    at.append({ type: 'run.ended', task: 't-1', data: { run: 'r-1' } });
    await at.read();
    expect(at.find('stoat230').length).toBe(1);
  });

  it('never lets one transcript fill the answer', async () => {
    await using at = await setUp();
    for (let seq = 1; seq <= 100; seq += 1) at.blocks.push(block(seq, { text: 'vole' }));
    at.append({ type: 'run.ended', task: 't-1', data: { run: 'r-1' } });
    await at.read();
    expect(at.find('vole').length).toBe(3);
    const all = at.search.find({ project: 'p-1', text: 'vole', kinds: ['transcript'], limit: 20 });
    expect(all.hits.length).toBe(20);
  });
});

describe('an excerpt', () => {
  it('stands round the first match, with every match marked where it is', () => {
    const text = `${'before '.repeat(40)}the Newt and the newt ${'after '.repeat(60)}`;
    const { excerpt, marks } = excerptOf(text, ['newt']);
    expect(marks.map(({ from, to }) => excerpt.slice(from, to))).toEqual(['Newt', 'newt']);
    expect([excerpt.startsWith('… '), excerpt.endsWith(' …')]).toEqual([true, true]);
    expect(excerpt.length).toBeLessThan(210);
  });

  it('joins marks that touch, and never tears a sign in two', () => {
    expect(excerptOf('newtling', ['newt', 'newtl']).marks).toEqual([{ from: 0, to: 5 }]);
    fastCheck.assert(
      fastCheck.property(
        fastCheck.string({ unit: 'grapheme', maxLength: 400 }),
        fastCheck.string({ maxLength: 3 }),
        (text, word) => {
          const { excerpt, marks } = excerptOf(text, word === '' ? [] : [word]);
          expect(excerpt.isWellFormed()).toBe(true);
          for (const { from, to } of marks) expect(from >= 0 && to <= excerpt.length && from < to).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
