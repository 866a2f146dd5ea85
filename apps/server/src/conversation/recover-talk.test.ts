import { expect, it } from 'vitest';
import { type Chat, GUIDE } from './chat.ts';
import { PLANS_LATER, recoverTalk } from './recover-talk.ts';
import { openTestChat, SESSION } from './test-chat.ts';

const about = { project: SESSION.project, session: SESSION.id };
const guide = (chat: Chat, content: string) =>
  chat.post({ ...about, role: 'agent', agentName: GUIDE, content }, GUIDE);

it('a plan that a killed server owed is said to be lost, once', async () => {
  const { chat, said } = await openTestChat();
  guide(chat, PLANS_LATER);
  chat.post({ ...about, role: 'user', content: 'Hello?' }, 'Mara');
  recoverTalk(chat, [SESSION]);
  recoverTalk(chat, [SESSION]);
  expect(said().map(({ content }) => content)).toEqual([
    PLANS_LATER,
    'Hello?',
    'The server ended while a model planned, so there is no plan. Say it once more.',
  ]);
});

it('nothing is said where the plan has come, and in a closed session', async () => {
  const { chat, said } = await openTestChat();
  guide(chat, PLANS_LATER);
  recoverTalk(chat, [{ ...SESSION, state: 'finalized' }]);
  guide(chat, 'own made 2 tasks of it.');
  recoverTalk(chat, [SESSION]);
  expect(said()).toHaveLength(2);
});

it('a last word that a killed server did not come to is said to be lost, once', async () => {
  const { chat, said } = await openTestChat();
  chat.post({ ...about, role: 'user', content: 'Add a fare' }, 'Mara');
  recoverTalk(chat, [SESSION]);
  recoverTalk(chat, [SESSION]);
  expect(said().map(({ content }) => content)).toEqual([
    'Add a fare',
    'The server ended before it came to this, and nothing was done. Say it once more.',
  ]);
});
