import { describe, expect, it } from 'vitest';
import { type Candidate, chooseAgent, rankAgents } from './choose-agent.ts';

const ready = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  name,
  unfit: null,
  limitedUntil: null,
  fit: { score: 0, reasoning: '' },
  load: 0,
  success: null,
  cost: 'medium',
  preference: 1,
  isLastResort: name === 'scripted',
  ...more,
});

describe('choosing an agent', () => {
  it('obeys a person who names one, whatever speaks for another', () => {
    expect(chooseAgent([ready('codex')], 'claude')).toMatchObject({
      agent: 'claude',
      source: 'person',
      confidence: 1,
      reasoning: 'claude was asked for by name',
    });
  });

  it('prefers the first in preference where nothing else tells them apart', () => {
    const choice = chooseAgent([ready('gemini', { preference: 3 }), ready('codex')], null);
    expect(choice).toMatchObject({ agent: 'codex', source: 'score' });
    expect(choice.candidates.map(({ agent }) => agent)).toEqual(['codex', 'gemini']);
    expect(choice.confidence).toBeGreaterThan(0.5);
  });

  it('lets skill outweigh preference', () => {
    const writer = ready('claude', { preference: 2, fit: { score: 0.9, reasoning: 'expertise 0.90' } });
    expect(chooseAgent([ready('codex'), writer], null).agent).toBe('claude');
  });

  it('goes to another where one has much to do, fails often or costs more', () => {
    const other = ready('other');
    expect(chooseAgent([ready('busy', { load: 5 }), other], null).agent).toBe('other');
    expect(chooseAgent([ready('unlucky', { success: 0.1 }), other], null).agent).toBe('other');
    expect(chooseAgent([ready('dear', { cost: 'high' }), other], null).agent).toBe('other');
  });

  it('passes over those that can not work, and says of each why', () => {
    const choice = chooseAgent(
      [ready('codex', { unfit: 'not signed in' }), ready('claude'), ready('scripted')],
      null,
    );
    expect(choice).toMatchObject({ agent: 'claude', source: 'only', confidence: 1 });
    expect(choice.candidates).toContainEqual({ agent: 'codex', score: 0, reasoning: 'not signed in' });
  });

  it('passes over an account at its limit while another is free, and only then', () => {
    const limited = ready('codex', { limitedUntil: 60_000 });
    expect(chooseAgent([limited, ready('claude', { preference: 9 })], null).agent).toBe('claude');
    expect(chooseAgent([limited, ready('scripted')], null).agent).toBe('codex');
  });

  it('falls back on the scripted agent on a bare machine', () => {
    expect(chooseAgent([ready('codex', { unfit: 'not installed' }), ready('scripted')], null)).toMatchObject({
      agent: 'scripted',
      source: 'only',
      reasoning: 'no other agent is installed, signed in and switched on',
    });
  });

  it('names the best ones after each other, for several attempts', () => {
    const all = [ready('b', { preference: 2 }), ready('a'), ready('c', { unfit: 'off' }), ready('scripted')];
    expect(rankAgents(all)).toEqual(['a', 'b']);
    expect(rankAgents([ready('scripted')])).toEqual(['scripted']);
  });
});
