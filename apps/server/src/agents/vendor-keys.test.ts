import { expect, it } from 'vitest';
import { vendorKeys } from './vendor-keys.ts';

const host = { OPENAI_API_KEY: 'o', ANTHROPIC_API_KEY: 'a', MY_KEY: 'm', DATABASE_PASSWORD: 'd' };

it('hands an agent the keys of its own vendor, and those that a person lets through', () => {
  expect(vendorKeys('codex', host, [])).toEqual({ OPENAI_API_KEY: 'o' });
  expect(vendorKeys('claude', host, ['MY_KEY', 'ABSENT'])).toEqual({ ANTHROPIC_API_KEY: 'a', MY_KEY: 'm' });
  expect(vendorKeys('copilot', host, [])).toEqual({});
});
