import { describe, expect, it } from 'vitest';
import { evolve, HEALTH_MOVES, type HealthFact, isFailing, type RunHealth } from './health.ts';

const LIVED: HealthFact = { type: 'lived' };
const NOTICED: HealthFact = { type: 'silent', grade: 'noticed', since: 5 };
const ASKED: HealthFact = { type: 'silent', grade: 'asked', since: 5 };
const GONE: HealthFact = { type: 'gone', reason: 'no process' };
const ENDED: HealthFact = { type: 'ended' };

function given(...facts: readonly HealthFact[]): RunHealth {
  return facts.reduce<RunHealth>(evolve, { kind: 'starting' });
}

describe('the health of an agent at work', () => {
  it('gets worse from silence to silence, and good with any sign of life', () => {
    expect(given(LIVED, NOTICED)).toEqual({ kind: 'quiet', since: 5 });
    expect(given(LIVED, NOTICED, ASKED)).toEqual({ kind: 'asked', since: 5 });
    expect(given(LIVED, NOTICED, ASKED, LIVED)).toEqual({ kind: 'working' });
  });

  it('is lost for good once its process is gone, whatever was on its way', () => {
    expect(given(LIVED, GONE, LIVED, NOTICED)).toEqual({ kind: 'lost', reason: 'no process' });
    expect(given(LIVED, GONE, ENDED)).toEqual({ kind: 'ended' });
  });

  it('ends once', () => {
    for (const late of [LIVED, NOTICED, ASKED, GONE]) expect(given(ENDED, late)).toEqual({ kind: 'ended' });
    expect(HEALTH_MOVES.ended).toEqual([]);
  });

  it('never grows better by growing more silent', () => {
    expect(given(LIVED, ASKED, NOTICED)).toEqual({ kind: 'asked', since: 5 });
  });

  it('counts as failing where nobody can say that it works', () => {
    const states = [given(), given(LIVED), given(LIVED, NOTICED), given(LIVED, ASKED), given(LIVED, GONE)];
    expect(states.map(isFailing)).toEqual([false, false, false, true, true]);
  });
});
