import { expect, it } from 'vitest';
import { ConversationRouter } from '../orchestration/conversation-router.ts';
import { evaluateRouter, HELD_OUT_SET, TUNING_SET } from './index.ts';

const router = new ConversationRouter({ log: { write: () => undefined } });

it('the local scorer chooses aptly for nine of ten messages that it was tuned on', async () => {
  const { aptShare } = await evaluateRouter(router, TUNING_SET);
  expect(aptShare).toBeGreaterThanOrEqual(0.9);
});

it('the local scorer chooses aptly for nine of ten messages that it was not tuned on', async () => {
  const { total, apt } = await evaluateRouter(router, HELD_OUT_SET);
  // 56 of 59, of which nobody has looked at a single one: this is a floor, not a thing to tune for.
  expect([total, apt >= 54]).toEqual([59, true]);
});

it('no message is in both sets', () => {
  const tuned = new Set(TUNING_SET.map(({ message }) => message));
  expect(HELD_OUT_SET.filter(({ message }) => tuned.has(message))).toEqual([]);
});
