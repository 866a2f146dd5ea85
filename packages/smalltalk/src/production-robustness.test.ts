import { afterEach, expect, it } from 'vitest';
import { SmallTalk } from './small-talk.ts';
import { ScriptedAgent } from './test-agents.ts';
import { FakeClock } from './test-clock.ts';
import { makeScratchFolder } from './test-scratch.ts';
import { settle } from './test-settle.ts';

const { folder, remove } = makeScratchFolder();
afterEach(remove);

/** A process with a researcher, a writer and a reviewer, as it is after each start. */
async function start(clock: FakeClock) {
  const researcher = new ScriptedAgent('Researcher', { expertise: ['research', 'sources'] });
  const writer = new ScriptedAgent('Writer', { expertise: ['writing', 'style'] });
  const reviewer = new ScriptedAgent('Reviewer', { expertise: ['critique', 'logic'] });
  const talk = new SmallTalk({
    clock,
    environment: {},
    log: { write: () => undefined },
    history: { location: folder },
    agents: [researcher, writer, reviewer],
  });
  await talk.start();
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 200) {
      clock.advance(200);
      await settle();
    }
  };
  return { talk, researcher, writer, pass };
}

it('a conversation, a group and a lost agent go on over failures and a restart', async () => {
  const clock = new FakeClock();
  const first = await start(clock);
  const missed: unknown[] = [];
  first.talk.events.setReplayPolicy('Researcher', 'full');
  first.talk.events.subscribe('news', 'Researcher', (payload) => {
    if (first.researcher.life !== 'alive') throw new Error('not there');
    missed.push(payload);
  });

  const { sessionId, agentName } = await first.talk.chat('Find sources on sleep');
  const group = await first.talk.groups.createGroup(first.talk.getAgents(), {
    speakerSelection: 'llm-based',
  });
  first.talk.groups.followEvents(group.id, 'task:*', () => 'Is the logic of this sound?');
  expect(agentName).toBe('Researcher');

  first.researcher.life = 'dead';
  first.researcher.canRestart = false;
  await first.talk.events.publish('news', 'while it was lost');
  await first.pass(5000);
  const meanwhile = await first.talk.chat('Find more sources', { sessionId });
  expect(meanwhile.agentName).not.toBe('Researcher');
  first.researcher.canRestart = true;
  await first.pass(30_000);
  expect([first.talk.health.getAgentHealth('Researcher')?.state, missed]).toEqual([
    'healthy',
    ['while it was lost'],
  ]);

  await first.talk.events.publish('task:completed', {});
  await settle();
  const said = first.talk.groups.getConversation(group.id)?.conversationHistory;
  expect(said?.map((message) => message.agentName)).toEqual([undefined, 'Reviewer']);
  await first.talk.stop();

  const second = await start(clock);
  expect((await second.talk.restoreSession(sessionId))?.conversationHistory).toHaveLength(4);
  expect(await second.talk.groups.restoreGroup(group.id, second.talk.getAgents())).toMatchObject({
    conversationHistory: said,
  });
  expect((await second.talk.chat('Find the last sources', { sessionId })).agentName).toBe('Researcher');
  await second.talk.stop();
});
