import type { SaveOutcome, SaveView } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { saveAgain } from './save-again.ts';

const outcome = (tasks: string[]): SaveOutcome => ({
  kind: 'conflicted',
  save: 'v-1',
  checkpoint: null,
  base: null,
  tasks,
  conflicts: [],
  checks: [],
  failed: [],
  culprit: null,
  rest: null,
  refused: null,
  delivery: null,
});
const ended = (tasks: string[]): SaveView => ({
  id: 'v-1',
  kind: 'save',
  stage: 'merge',
  stages: [],
  tasks,
  checks: [],
  startedAt: 0,
  endedAt: 1,
  canCancel: false,
  resumed: false,
  rollbackTo: null,
  undone: [],
  outcome: outcome(tasks),
});

describe('the Save that waited for a solution', () => {
  it('takes again what it took, as far as that is still approved', () => {
    const given = { save: 'v-1', current: ended(['a', 'b', 'c']), enters: ['a', 'b', 'd'] };
    expect(saveAgain(given)).toEqual({ only: ['a', 'b'], why: null });
  });

  it('takes everything approved where that is the same, or where another Save met the conflict', () => {
    expect(saveAgain({ save: 'v-1', current: ended(['a', 'b']), enters: ['a', 'b'] }).only).toBeNull();
    expect(saveAgain({ save: 'v-0', current: ended(['a', 'b']), enters: ['a', 'b', 'c'] }).only).toBeNull();
    expect(saveAgain({ save: null, current: null, enters: ['a'] })).toEqual({ only: null, why: null });
  });

  it('can not be started while one runs, or with nothing approved', () => {
    const running = { ...ended(['a']), outcome: null, endedAt: null };
    expect(saveAgain({ save: 'v-1', current: running, enters: ['a'] }).why).toBe('A Save is under way.');
    expect(saveAgain({ save: 'v-1', current: ended(['a']), enters: [] }).why).toBe(
      'Nothing is approved now.',
    );
  });
});
