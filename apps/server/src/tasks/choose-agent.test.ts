import { describe, expect, it } from 'vitest';
import { chooseAgent } from './choose-agent.ts';

const ready = (name: string, load = 0) => ({ name, healthy: true, signedIn: true, load });

describe('choosing an agent', () => {
  it('obeys a person who names one', () => {
    expect(chooseAgent([ready('codex')], 'claude')).toEqual({
      agent: 'claude',
      because: 'asked for by name',
    });
  });
  it('prefers codex among those that are ready', () => {
    expect(chooseAgent([ready('scripted'), ready('gemini'), ready('codex')], null).agent).toBe('codex');
  });
  it('passes over one that is not signed in', () => {
    expect(chooseAgent([{ ...ready('codex'), signedIn: false }, ready('claude')], null).agent).toBe('claude');
  });
  it('falls back on the scripted agent on a bare machine', () => {
    expect(chooseAgent([ready('scripted')], null)).toEqual({
      agent: 'scripted',
      because: 'no other agent is installed and signed in',
    });
  });
});
