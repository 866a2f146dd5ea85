import type { Comparison } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { checkChange, compareSentence, pathsOf } from './compare-view.ts';

const end = (tag: string) => ({
  tag: `checkpoint/2026-11-20-${tag}`,
  commit: 'a'.repeat(40),
  at: 0,
  summary: '',
});
const comparison = (given: Partial<Comparison>): Comparison => ({
  ...{ from: end('012'), to: end('013'), files: [], commits: [], tasks: [], agents: [], checks: [] },
  ...{ between: [], totals: { files: 0, added: 0, removed: 0, commits: 0 } },
  ...given,
});
const task = (id: string, side: 'gained' | 'lost') => ({ id, title: id, agent: 'codex', tag: 't', side });

describe('two checkpoints in one sentence', () => {
  it('say what the second has more and fewer of', () => {
    const tasks = [task('t-1', 'gained'), task('t-2', 'lost'), task('t-3', 'lost')];
    const totals = { files: 1, added: 3, removed: 1, commits: 2 };
    expect(compareSentence(comparison({ tasks, totals }))).toBe(
      '013 against 012: 1 task more, 2 tasks fewer, 1 file differs.',
    );
  });
  it('say so where the files are the same, as after a restore', () => {
    expect(compareSentence(comparison({}))).toBe('013 against 012: the same files.');
  });
  it('say so where they are one', () => {
    expect(compareSentence(comparison({ to: end('012') }))).toBe('This is one and the same checkpoint.');
  });
});

it('says what a check said at either end', () => {
  expect(checkChange({ name: 'unit', from: 'passed', to: 'passed' })).toEqual({
    words: 'passed',
    look: 'ready',
  });
  expect(checkChange({ name: 'unit', from: null, to: 'failed' })).toEqual({
    words: 'not asked, then failed',
    look: 'failed',
  });
});

it('asks for a renamed file under both of its names', () => {
  const file = { path: 'b', from: 'a', status: 'renamed', added: 0, removed: 0, binary: false } as const;
  expect(pathsOf(file)).toEqual(['a', 'b']);
  expect(pathsOf({ ...file, from: null })).toEqual(['b']);
});
