import { randomUUID } from 'node:crypto';
import { expect, describe, it } from 'vitest';
import type { Actor } from '../access/role.ts';
import { makeBackground } from './background.ts';
import { type ChatGoal, makeConversation } from './conversation.ts';
import { makeDiscussions } from './discussions.ts';
import { openTestChat, SESSION } from './test-chat.ts';

const MARA: Actor = { name: 'Mara', role: 'admin' };

async function open() {
  const { chat, recorder, said } = await openTestChat();
  const goals: ChatGoal[] = [];
  const nothing = () => undefined;
  const conversation = makeConversation({
    chat,
    background: makeBackground(() => undefined),
    discussions: makeDiscussions({
      ...{ chat, recorder, speakers: [] },
      findModel: async () => ({ name: null, because: 'none' }),
    }),
    findSession: () => SESSION,
    findDecision: (id) => {
      throw new Error(`Nobody asked ${id}`);
    },
    actions: {
      state: async (_session, goal) => void goals.push(goal),
      goesToModel: () => false,
      ask: async () => undefined,
      steer: async () => undefined,
      save: async () => undefined,
      ...{ pause: nothing, resume: nothing, status: () => 'No tasks yet.' },
    },
  });
  const say = (text: string, more: { attachments?: string[]; once?: string } = {}) =>
    conversation.say({ session: SESSION.id, text, ...more }, MARA);
  return { say, said, goals };
}

describe('what a person says', () => {
  it('is said and done once, however often it arrives', async () => {
    const { say, said, goals } = await open();
    const once = randomUUID();
    const first = await say('Add a fare', { once });
    expect(await say('Add a fare', { once })).toEqual(first);
    expect([said().length, goals.length]).toEqual([1, 1]);
  });

  it('goes along with its files, which its goal is given', async () => {
    const { say, said, goals } = await open();
    await say('Add a fare', { attachments: ['f-1'] });
    expect(said()[0]?.attachments).toMatchObject([{ id: 'f-1', name: 'spec.md' }]);
    expect(goals).toEqual([{ text: 'Add a fare', byModel: false, attachments: ['f-1'] }]);
  });

  it.each(['/status', '/steer t-1 look at this', 'What waits?'])(
    'takes no files where nobody would read them: %s',
    async (text) => {
      const { say, said } = await open();
      await expect(say(text, { attachments: ['f-1'] })).rejects.toThrow('Files go with a goal');
      expect(said()).toEqual([]);
    },
  );
});
