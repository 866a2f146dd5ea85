import { describe, expect, it } from 'vitest';
import { reachModel } from './model-settings.ts';

const openai = { provider: 'openai', model: 'gpt-5' };
const own = { provider: 'openai-compatible', model: 'llama' };
const keys = { OPENAI_API_KEY: 'o', ANTHROPIC_API_KEY: 'a', GITHUB_TOKEN: 'g' };

describe('the model that a person named', () => {
  it('is asked with the key of its own provider, and no other', () => {
    expect(reachModel({ named: openai, url: null }, keys)).toEqual({
      target: openai,
      settings: { apiKey: 'o' },
    });
  });

  it('needs no key at an address of the person’s own', () => {
    const url = 'http://127.0.0.1:11434/v1';
    expect(reachModel({ named: own, url }, {})).toEqual({ target: own, settings: { baseURL: url } });
  });

  it('is never another: without a name, a key or an address there is none', () => {
    expect(reachModel({ named: null, url: null }, keys)).toEqual({ missing: 'No model is named' });
    expect(reachModel({ named: openai, url: null }, { GROQ_API_KEY: 'k' })).toEqual({
      missing: 'No key and no address of openai is set',
    });
  });

  it('may be another for one task: of the same provider, or of one that is named with it', () => {
    const url = 'http://127.0.0.1:1/v1';
    const target = (wanted: string) => reachModel({ named: openai, url }, keys, wanted);
    expect(target('gpt-5-mini')).toMatchObject({
      target: { provider: 'openai', model: 'gpt-5-mini' },
      settings: { apiKey: 'o', baseURL: url },
    });
    // The key of one vendor is not sent to the address of another.
    expect(target('anthropic/claude-x')).toEqual({
      target: { provider: 'anthropic', model: 'claude-x' },
      settings: { apiKey: 'a' },
    });
  });
});
