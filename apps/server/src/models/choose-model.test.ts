import { readModelSettings } from '@thalogos/smalltalk';
import { describe, expect, it } from 'vitest';
import { chooseModel } from './choose-model.ts';

const openai = { provider: 'openai', model: 'gpt-5' };
const choose = (
  environment: Record<string, string>,
  more: { named?: { provider: string; model: string }; agents?: string[] } = {},
) =>
  chooseModel({
    named: more.named ?? null,
    settings: readModelSettings(environment),
    agents: more.agents ?? [],
  });

describe('the model that is asked', () => {
  it('is the one that a person named, where its key is there', () => {
    expect(choose({ OPENAI_API_KEY: 'k' }, { named: openai, agents: ['codex'] })).toEqual({
      kind: 'api',
      target: openai,
      because: 'named in THALOGOS_MODEL',
    });
  });

  it('is never another than the one named: a missing key is said', () => {
    const choice = choose({ GROQ_API_KEY: 'k' }, { named: openai, agents: ['codex'] });
    expect(choice).toMatchObject({ kind: 'none' });
    expect(choice.because).toContain('THALOGOS_MODEL names openai/gpt-5, but no key and no address');
  });

  it('is the default of SmallTalk where its key is there, before a signed-in agent', () => {
    expect(choose({ OPENAI_API_KEY: 'k' }, { agents: ['codex'] })).toMatchObject({
      kind: 'api',
      target: { provider: 'openai', model: 'gpt-4o-mini' },
    });
  });

  it('is a signed-in agent that only reads where there is no key', () => {
    expect(choose({}, { agents: ['scripted', 'claude', 'codex'] })).toMatchObject({
      kind: 'agent',
      agent: 'codex',
    });
    expect(choose({}, { agents: ['gemini', 'scripted'] })).toMatchObject({ kind: 'none' });
  });

  it('is nobody on a bare machine, which says how to get one', () => {
    expect(choose({}).because).toContain('Set THALOGOS_MODEL to provider/model');
  });
});
