import { describe, expect, it } from 'vitest';
import { chooseRows } from './choose-rows.ts';
import type { Comparison, Goal, Row, Side } from './comparison.ts';
import { joinReport, type Report, type ReportRow } from './report.ts';
import { runComparison } from './run-comparison.ts';
import { percentile, summarize } from './statistics.ts';
import { asMarkdown, asText, cellsOf } from './table.ts';
import { sectionOf, withSection } from './write-results.ts';

/** A clock that stands still unless somebody works. */
function makeClock() {
  let time = 0;
  return { now: () => time, work: (ms: number) => (time += ms) };
}

/** Sides that take these times, in the order of their rounds. */
function compare({ ours, theirs, goals = [] }: { ours: number[]; theirs: number[]; goals?: Goal[] }) {
  const clock = makeClock();
  const calls: string[] = [];
  const side = (name: string, role: Side['role'], times: number[]): Side => ({
    name,
    role,
    prepare: async (round) => {
      calls.push(`prepare ${name} ${round}`);
      clock.work(1000);
    },
    run: async (round) => {
      calls.push(`${name} ${round}`);
      clock.work(times[round] ?? 0);
      return undefined;
    },
  });
  const comparison: Comparison = {
    workload: 'a workload',
    rounds: ours.length - 1,
    sides: [side('us', 'ours', ours), side('them', 'peer', theirs)],
    goals,
    seen: '3x',
    check: async (round) => void calls.push(`check ${round}`),
    notes: () => ['a note'],
    close: async () => undefined,
  };
  return { calls, result: runComparison(comparison, clock.now) };
}

async function reported(parts: Parameters<typeof compare>[0], row = 'save-merge'): Promise<ReportRow> {
  return { number: 1, row, at: '2026-01-01T00:00:00Z', load: [0.5, 1], ...(await compare(parts).result) };
}

const machine = { cpus: 2, node: '24.0.0', git: '2.39.5', platform: 'linux x64' };

describe('statistics', () => {
  it('give the median of odd and even numbers of samples with the extremes', () => {
    expect(summarize([3, 1, 100])).toEqual({ median: 3, min: 1, max: 100, count: 3 });
    expect(summarize([4, 1, 2, 100])).toEqual({ median: 3, min: 1, max: 100, count: 4 });
  });

  it('find the value below which a share of the samples lies', () => {
    const samples = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([percentile(samples, 0.99), percentile(samples, 0.5), percentile([7], 0.99)]).toEqual([99, 50, 7]);
  });

  it('refuse to make a figure out of nothing', () => {
    expect(() => summarize([])).toThrow('nothing to summarize');
  });
});

describe('a comparison', () => {
  it('runs the sides in turn, each prepared first, and checks each round', async () => {
    const { calls, result } = compare({ ours: [1, 1], theirs: [1, 1] });
    await result;
    expect(calls).toEqual([
      ...['prepare us 0', 'us 0', 'prepare them 0', 'them 0', 'check 0'],
      ...['prepare us 1', 'us 1', 'prepare them 1', 'them 1', 'check 1'],
    ]);
  });

  it('counts neither the preparation nor the round that warms up', async () => {
    const { sides } = await compare({ ours: [500, 10, 30, 20], theirs: [9, 60, 40, 50] }).result;
    expect(sides.map(({ measures }) => measures)).toEqual([
      { ms: { median: 20, min: 10, max: 30, count: 3 } },
      { ms: { median: 50, min: 40, max: 60, count: 3 } },
    ]);
  });

  it('stops where the sides came to different results', async () => {
    const side: Side = { name: 'us', role: 'ours', run: async () => undefined };
    const wrong: Comparison = {
      ...{ workload: '', rounds: 1, sides: [side], goals: [], seen: '' },
      check: () => Promise.reject(new Error('the trees differ')),
      close: async () => undefined,
    };
    await expect(runComparison(wrong, () => 0)).rejects.toThrow('the trees differ');
  });

  it('takes what a side measures itself for more than its own watch', async () => {
    const side: Side = { name: 'us', role: 'ours', run: async () => ({ ms: 7, 'stall ms': 2 }) };
    const own: Comparison = {
      workload: '',
      rounds: 1,
      sides: [side],
      goals: [],
      seen: '',
      close: async () => undefined,
    };
    const { sides } = await runComparison(own, () => 0);
    expect(sides[0]?.measures).toMatchObject({ ms: { median: 7 }, 'stall ms': { median: 2 } });
  });
});

describe('a goal', () => {
  const judged = async (goal: Goal) =>
    (await compare({ ours: [0, 10], theirs: [0, 300], goals: [goal] }).result).verdicts[0];

  it('of being faster is met from the ratio on', async () => {
    expect(await judged({ kind: 'faster', than: 'them', atLeast: 30 })).toEqual({
      goal: '>= 30x faster than them',
      measured: '30.0x',
      isMet: true,
    });
    expect(await judged({ kind: 'faster', than: 'them', atLeast: 31 })).toMatchObject({ isMet: false });
  });

  it('of staying near a limit is met up to the ratio', async () => {
    expect(await judged({ kind: 'within', of: 'them', atMost: 0.04 })).toMatchObject({ isMet: true });
    expect(await judged({ kind: 'within', of: 'them', atMost: 0.03 })).toMatchObject({ isMet: false });
  });

  it('of a figure is met up to the figure', async () => {
    expect(await judged({ kind: 'below', measure: 'ms', atMost: 10 })).toMatchObject({ isMet: true });
    expect(await judged({ kind: 'below', measure: 'ms', atMost: 9 })).toMatchObject({ isMet: false });
  });

  it('about a side or measure that is not there is a mistake of the row', async () => {
    await expect(judged({ kind: 'faster', than: 'nobody', atLeast: 1 })).rejects.toThrow(
      'no side called nobody',
    );
    await expect(judged({ kind: 'below', measure: 'bytes', atMost: 1 })).rejects.toThrow(
      'did not measure bytes',
    );
  });
});

describe('the table', () => {
  it('says `falls short` where a goal was missed and nothing where it was met', async () => {
    const goals: Goal[] = [{ kind: 'faster', than: 'them', atLeast: 30 }];
    const slow = asText(cellsOf([await reported({ ours: [0, 100], theirs: [0, 200], goals })]));
    const fast = asText(cellsOf([await reported({ ours: [0, 1], theirs: [0, 200], goals })]));
    expect(slow).toContain('>= 30x faster than them: 2.00x, falls short');
    expect(fast).toContain('>= 30x faster than them: 200x');
    expect(fast).not.toContain('falls short');
  });

  it('keeps a bar in a name out of its columns', () => {
    expect(
      asMarkdown([
        ['a', 'b'],
        ['x|y', 'z'],
      ]),
    ).toContain('| x\\|y | z |');
  });
});

describe('the page', () => {
  const page = 'By people.\n<!-- begin: written by npm run bench -->\nold\n<!-- end -->\nMore by people.\n';

  it('gets a new section between its marks and keeps the rest', () => {
    expect(withSection(page, 'new')).toBe(
      'By people.\n<!-- begin: written by npm run bench -->\n\nnew\n\n<!-- end -->\nMore by people.\n',
    );
    expect(withSection(withSection(page, 'new'), 'new')).toBe(withSection(page, 'new'));
  });

  it('is left alone when its marks are gone', () => {
    expect(() => withSection('By people.', 'new')).toThrow('has no');
  });

  it('names the machine, its load and what each row adds', async () => {
    const section = sectionOf({ machine, rows: [await reported({ ours: [0, 1], theirs: [0, 2] })] });
    expect(section).toContain('2 cores, Node 24.0.0, git 2.39.5');
    expect(section).toContain('1 rounds at 2026-01-01T00:00:00Z, load 0.5 to 1.0');
    expect(section).toContain('a note');
  });
});

describe('a report', () => {
  it('keeps older rows that were not measured again, in the order of their numbers', async () => {
    const row = (name: string, number: number, at: string) => ({ ...base, row: name, number, at });
    const base = await reported({ ours: [0, 1], theirs: [0, 2] });
    const old: Report = { machine, rows: [row('a', 1, 'old'), row('b', 2, 'old')] };
    const joined = joinReport(old, { machine, rows: [row('b', 2, 'new'), row('c', 0, 'new')] });
    expect(joined.rows.map(({ row: name, at }) => `${name} ${at}`)).toEqual(['c new', 'a old', 'b new']);
  });
});

describe('the command line', () => {
  const known: Row[] = ['save-merge', 'replay'].map((name, number) => ({ name, number, comparisons: [] }));

  it('means every row when it names none', () => {
    expect(chooseRows(known, [])).toEqual({ kind: 'run', rows: known, size: 'full' });
  });

  it('takes rows by name, and a size', () => {
    expect(chooseRows(known, ['replay', '--quick'])).toEqual({
      kind: 'run',
      rows: [known[1]],
      size: 'quick',
    });
  });

  it('names the rows there are when one is unknown', () => {
    expect(chooseRows(known, ['speed'])).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('save-merge, replay') as string,
    });
  });
});
