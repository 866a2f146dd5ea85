import { type ModelRequest, ModelError, ScriptedModel } from '@thalogos/smalltalk';
import { describe, expect, it } from 'vitest';
import { ROLES } from '../planning/roles.ts';
import type { DiscussionBounds } from './discussion.ts';
import { makeDiscussions } from './discussions.ts';
import { openTestChat, SESSION } from './test-chat.ts';

const asks = (request: ModelRequest) => request.messages.at(-1)?.content ?? '';

async function setUp(model: ScriptedModel | null, bounds: Partial<DiscussionBounds> = {}) {
  const test = await openTestChat();
  const { chat, recorder } = test;
  const discussions = makeDiscussions({
    ...{ chat, recorder, speakers: ROLES, bounds },
    findModel: async () =>
      model === null ? { name: null, because: 'Set THALOGOS_MODEL.' } : { name: 'own', isApi: true, model },
  });
  const begin = (topic = 'Tabs or blanks', roles: readonly string[] = ['architect', 'qa']) =>
    discussions.begin(SESSION, { topic, roles });
  return { ...test, discussions, begin };
}

describe('a discussion', () => {
  it('lets each role speak in turn, in the chat, until it has had its turns', async () => {
    const model = new ScriptedModel((_request, turn) => `word ${turn}`);
    const { begin, sees, said, discussions } = await setUp(model, { maxTurns: 4 });
    expect(await begin()).toContain('Architect, QA discuss it, by own, in at most 4 turns');
    const ended = await sees(({ state }) => state === 'ended');
    expect(ended).toMatchObject({ turns: 4, speaker: null, reason: 'It has had its 4 turns.' });
    const turns = said().filter(({ agentName }) => agentName !== 'Guide');
    expect(turns.map(({ agentName, content }) => [agentName, content])).toEqual([
      ['Architect', 'word 1'],
      ['QA', 'word 2'],
      ['Architect', 'word 3'],
      ['QA', 'word 4'],
    ]);
    expect(discussions.of(SESSION.id)?.tokens).toBeGreaterThan(0);
    expect(model.requests[1]?.messages.map(({ content }) => content).join()).toContain('word 1');
  });

  it('ends when it has used its tokens', async () => {
    const { begin, sees } = await setUp(new ScriptedModel(() => 'word'), { maxTokens: 1 });
    await begin();
    expect(await sees(({ state }) => state === 'ended')).toMatchObject({ turns: 1 });
  });

  it('hears a person next, whatever round it is in', async () => {
    const heard: string[] = [];
    const model = new ScriptedModel((request, turn) => {
      heard.push(asks(request));
      if (turn === 1) discussions.hear(SESSION, 'Look at Windows instead');
      return `word ${turn}`;
    });
    const { begin, sees, discussions } = await setUp(model, { maxTurns: 3 });
    await begin();
    await sees(({ state }) => state === 'ended');
    expect(heard[1]).toBe('Look at Windows instead');
  });

  it('pauses after the turn under way, goes on when it is told to, and stops when it is told to stop', async () => {
    const model = new ScriptedModel((_request, turn) => {
      if (turn === 2) discussions.hear(SESSION, 'wait');
      if (turn === 4) discussions.hear(SESSION, 'Stop.');
      return `word ${turn}`;
    });
    const { begin, sees, discussions } = await setUp(model);
    await begin();
    expect(await sees(({ state, turns }) => state === 'paused' && turns === 2)).toBeTruthy();
    expect(model.requests).toHaveLength(2);
    await discussions.act(SESSION, 'continue');
    expect(await sees(({ state }) => state === 'ended')).toMatchObject({ turns: 3, reason: 'You ended it.' });
    expect(discussions.hear(SESSION, 'Hello?')).toBeNull();
  });

  it('is concluded with what was said, for a plan', async () => {
    const { begin, sees, discussions } = await setUp(new ScriptedModel(() => 'Use blanks'), { maxTurns: 2 });
    await begin();
    await sees(({ state }) => state === 'ended');
    expect(await discussions.act(SESSION, 'conclude')).toMatchObject({
      conclusion: {
        topic: 'Tabs or blanks',
        transcript: 'The person: Tabs or blanks\n\nArchitect: Use blanks\n\nQA: Use blanks',
      },
    });
  });

  it('ends with the reason where nobody can speak', async () => {
    const model = new ScriptedModel(() => new ModelError('authentication', 'Could not ask own: 401'));
    const { begin, sees } = await setUp(model);
    await begin();
    expect(await sees(({ state }) => state === 'ended')).toMatchObject({
      turns: 0,
      reason: 'Nobody could speak. Could not ask own: 401',
    });
  });

  it('ends with the server, in the middle of a word', async () => {
    const { begin, sees, discussions } = await setUp(new ScriptedModel(() => 'word '.repeat(2000)));
    await begin();
    await sees(({ speaker }) => speaker === 'Architect');
    await discussions.close();
    expect(discussions.of(SESSION.id)).toMatchObject({ state: 'ended', reason: 'The server ended.' });
  });

  it.each([
    [['architect'], 'A discussion has 2 to 10 roles, not 1.'],
    [['qa', 'qa'], 'A discussion has 2 to 10 roles, not 1.'],
    [['qa', 'wizard'], 'There is no role wizard'],
  ])('of %j is not begun', async (roles, why) => {
    const { begin } = await setUp(new ScriptedModel([]));
    await expect(begin('Why', roles)).rejects.toThrow(why);
  });

  it('is one at a time, and none without a model', async () => {
    const { begin, discussions } = await setUp(new ScriptedModel(() => 'word'));
    await begin();
    await expect(begin()).rejects.toThrow('A discussion goes on');
    await discussions.close();
    const without = await setUp(null);
    await expect(without.begin()).rejects.toThrow('Set THALOGOS_MODEL.');
  });
});
