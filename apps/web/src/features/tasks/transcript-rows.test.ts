import type { Run } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleBlock } from '../../testing/sample-block.ts';
import { attemptBefore, findingWords, nearestMatch, stepMatch } from './transcript-rows.ts';

const run = (id: string): Run => ({
  id,
  task: 't-1',
  agent: 'codex',
  state: 'ended',
  end: 'completed',
  startedAt: 0,
  endedAt: 1,
  error: null,
  cost: null,
  contained: false,
});
const runs = [run('r-1'), run('r-2')];

describe('the line where an attempt begins', () => {
  it('stands before the first block of the second attempt, and of none before it', () => {
    const first = sampleBlock({ seq: 1 });
    const second = sampleBlock({ seq: 2, run: 'r-2', at: 7 });
    expect(attemptBefore(first, undefined, runs)).toBeNull();
    expect(attemptBefore(second, first, runs)).toEqual({ number: 2, agent: 'codex', at: 7 });
    expect(attemptBefore(sampleBlock({ seq: 3, run: 'r-2' }), second, runs)).toBeNull();
  });

  it('is drawn for an attempt that nothing is known of, once what was before it is there', () => {
    const lost = sampleBlock({ seq: 9, run: 'r-9' });
    expect(attemptBefore(lost, sampleBlock({ seq: 8 }), runs)).toEqual({ number: 0, agent: null, at: 0 });
    expect(attemptBefore(lost, undefined, runs)).toBeNull();
  });
});

describe('stepping through matches', () => {
  it('begins with the first one from where the person looks, else with the first of all', () => {
    expect(nearestMatch([3, 40, 500], 40)).toBe(1);
    expect(nearestMatch([3, 40, 500], 501)).toBe(0);
  });

  it('goes round the ends', () => {
    expect(stepMatch(3, 2, 1)).toBe(0);
    expect(stepMatch(3, 0, -1)).toBe(2);
    expect(stepMatch(0, 0, 1)).toBe(0);
  });
});

describe('what was found, in words', () => {
  const quiet = { wanted: 'x', isLooking: false, error: null, found: null, at: 0 };
  const found = { blocks: [3, 9], count: 5, isCut: false };

  it('says where one is among how many', () => {
    expect(findingWords({ ...quiet, found, at: 1 })).toBe('2 of 2, 5 places');
    expect(findingWords({ ...quiet, found: { ...found, isCut: true } })).toBe('1 of 2+, 5 places+');
  });

  it('says that there is nothing, that it looks, and that it could not', () => {
    expect(findingWords({ ...quiet, found: { blocks: [], count: 0, isCut: false } })).toBe('nothing');
    expect(findingWords({ ...quiet, isLooking: true })).toBe('looking');
    expect(findingWords({ ...quiet, error: new Error('gone') })).toBe('could not be looked for');
    expect(findingWords({ ...quiet, wanted: '' })).toBe('');
  });
});
