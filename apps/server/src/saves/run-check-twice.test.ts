import type { CheckResult } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { joinRuns } from './run-check-twice.ts';

const run = (state: CheckResult['state'], log: string): CheckResult => ({
  name: 'unit',
  state,
  seconds: 2,
  log,
});

describe('a red check that was run again', () => {
  it('stays red when both runs failed, with what the first one said', () => {
    expect(joinRuns(run('failed', 'one'), run('failed', 'two'))).toEqual({
      ...run('failed', 'one'),
      seconds: 4,
    });
  });

  it('counts as passed when the second run passed, and is told to be a flake', () => {
    const { state, log } = joinRuns(run('failed', 'no port'), run('passed', 'fine'));
    expect(state).toBe('passed');
    expect(log).toMatch(/^A flake: /);
    expect(log).toContain('The run that failed said:\nno port');
    expect(log).toContain('The run that passed said:\nfine');
  });
});
