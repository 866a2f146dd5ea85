import { afterEach, describe, expect, it } from 'vitest';
import { SmallTalk } from './small-talk.ts';
import type { SmallTalkOptions } from './small-talk-options.ts';
import { ScriptedAgent } from './test-agents.ts';
import { FakeClock } from './test-clock.ts';
import { settle } from './test-settle.ts';
import { SessionLimitError } from './types/errors.ts';

const running: SmallTalk[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((talk) => talk.stop()));
});

async function open(agents: readonly ScriptedAgent[], options: SmallTalkOptions = {}) {
  const clock = new FakeClock();
  const talk = new SmallTalk({ clock, environment: {}, log: { write: () => undefined }, agents, ...options });
  running.push(talk);
  await talk.start();
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 200) {
      clock.advance(200);
      await settle();
    }
  };
  return { talk, pass };
}

const chef = () => new ScriptedAgent('Chef', { expertise: ['cooking', 'recipes'] });
const mechanic = () => new ScriptedAgent('Mechanic', { expertise: ['cars', 'engine repair'] });

describe('a SmallTalk with several agents', () => {
  it('sends each message to whom it suits', async () => {
    const { talk } = await open([chef(), mechanic()]);
    const { sessionId, agentName } = await talk.chat('My engine stutters');
    const next = await talk.chat('And how do I bake a cake?', { sessionId });
    expect([agentName, next.agentName]).toEqual(['Mechanic', 'Chef']);
  });

  it('brings an agent back that is lost, and lets others answer meanwhile', async () => {
    const [cook, repair] = [chef(), mechanic()];
    const { talk, pass } = await open([cook, repair]);
    repair.life = 'dead';
    repair.canRestart = false;
    await pass(5000);
    expect((await talk.chat('My engine stutters')).agentName).toBe('Chef');
    repair.canRestart = true;
    await pass(10_000);
    expect(talk.health.getAgentHealth('Mechanic')?.state).toBe('healthy');
    expect((await talk.chat('My engine stutters')).agentName).toBe('Mechanic');
  });

  it('puts a backup in the place of an agent everywhere', async () => {
    const lost = mechanic();
    const backup = new ScriptedAgent('Backup', { expertise: ['cars', 'engine repair'] });
    const makeReplacement = () => Promise.resolve(backup);
    const { talk, pass } = await open([chef(), lost], {
      health: { defaultRecoveryStrategy: 'replace', makeReplacement },
    });
    lost.life = 'dead';
    await pass(6000);
    expect([talk.listAgents(), [...talk.health.getAllAgentHealth().keys()]]).toEqual([
      ['Chef', 'Backup'],
      ['Chef', 'Backup'],
    ]);
    expect((await talk.chat('My engine stutters')).agentName).toBe('Backup');
  });

  it('takes half as many sessions while too many agents fail', async () => {
    const agents = Array.from({ length: 4 }, (_, index) => new ScriptedAgent(`Agent-${String(index)}`));
    const { talk } = await open(agents, { sessions: { maxConcurrentSessions: 4 } });
    for (const agent of agents) {
      agent.canRestart = false;
      talk.health.reportFailure(agent.name, 'gone');
    }
    for (let count = 0; count < 2; count += 1) await talk.createSession();
    await expect(talk.createSession()).rejects.toBeInstanceOf(SessionLimitError);
  });

  it('lets several agents work on one message, keeps what they say, and hears a user who steps in', async () => {
    const [cook, repair] = [chef(), mechanic()];
    const { talk } = await open([cook, repair]);
    const sessionId = await talk.createSession({ metadata: { userId: 'u-1' } });
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    repair.answer = async () => {
      await gate;
      return 'It is the clutch.';
    };
    const answering = talk.orchestrate('Why does my engine stutter, then give me a cake recipe', {
      sessionId,
    });
    await settle();
    const pausing = talk.orchestrate('Hold on', { sessionId });
    await settle();
    release();
    expect([(await answering).kind, (await pausing).kind]).toEqual(['paused', 'paused']);
    expect((await talk.orchestrate('Continue', { sessionId })).kind).toBe('answered');
    const session = await talk.restoreSession(sessionId);
    const said = session?.conversationHistory.map((entry) =>
      'role' in entry ? (entry.agentName ?? entry.role) : '',
    );
    expect(said?.toSorted()).toEqual(['Chef', 'Mechanic', 'user', 'user', 'user']);
  });

  it('forgets an agent that is removed', async () => {
    const { talk } = await open([chef(), mechanic()]);
    talk.removeAgent('Mechanic');
    expect([
      talk.health.getAgentHealth('Mechanic'),
      (await talk.chat('My engine stutters')).agentName,
    ]).toEqual([null, 'Chef']);
  });

  it('holds group conversations in its own storage', async () => {
    const { talk } = await open([chef(), mechanic()]);
    const { id } = await talk.groups.createGroup(talk.getAgents(), { maxSpeakersPerTurn: 2 });
    expect(await talk.groups.handleMessage(id, 'Hello')).toHaveLength(2);
  });
});
