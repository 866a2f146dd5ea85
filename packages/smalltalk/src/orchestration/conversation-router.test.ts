import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../events/event-bus.ts';
import { MemoryEventLog } from '../events/memory-event-log.ts';
import { ScriptedModel } from '../llm/scripted-model.ts';
import { makeCapabilities } from '../test-agents.ts';
import { FakeClock } from '../test-clock.ts';
import { settle } from '../test-settle.ts';
import type { RoutingCandidate, RoutingRequest } from '../types/agent-router.ts';
import { NotFoundError, ValidationError } from '../types/errors.ts';
import type { LogRecord } from '../types/log-sink.ts';
import type { Message } from '../types/message.ts';
import { ModelError } from '../types/model-error.ts';
import { ConversationRouter, type ConversationRouterOptions } from './conversation-router.ts';
import { DecisionLog } from './decision-log.ts';

const QUIET = { write: () => undefined };

const agents: RoutingCandidate[] = [
  { name: 'Chef', capabilities: makeCapabilities({ expertise: ['cooking', 'recipes'] }) },
  { name: 'Mechanic', capabilities: makeCapabilities({ expertise: ['cars', 'engine repair'] }) },
  {
    name: 'Writer',
    capabilities: makeCapabilities({ expertise: ['writing', 'style'], taskTypes: ['writing'] }),
  },
];
const ask = (message: string, more: Partial<RoutingRequest> = {}): RoutingRequest => ({
  message,
  history: [],
  agents,
  ...more,
});

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});
const make = (options: ConversationRouterOptions = {}) =>
  new ConversationRouter({ clock, log: QUIET, ...options });

describe('choosing without a model', () => {
  it('finds who knows about it, with everybody considered, and says that the local scorer has decided', async () => {
    const decision = await make().choose(ask('My engine stutters'));
    expect(decision).toMatchObject({ agentName: 'Mechanic', source: 'local', timestamp: clock.now() });
    expect(decision.candidates.map(({ agentName }) => agentName).toSorted()).toEqual([
      'Chef',
      'Mechanic',
      'Writer',
    ]);
    expect(decision.confidence).toBeCloseTo(0.3 + 0.65 * (decision.candidates[0]?.score ?? 0));
    expect(decision.reasoning).toContain('expertise');
  });

  it('stays with whoever answered last when a message says nothing about anybody', async () => {
    const router = make();
    const history: Message[] = [{ id: '1', role: 'user', content: 'How do I bake bread?', timestamp: 0 }];
    expect(await router.choose(ask('hm?', { history, currentAgent: 'Writer' }))).toMatchObject({
      agentName: 'Writer',
      confidence: 0.3,
    });
    expect(await router.choose(ask('hm?'))).toMatchObject({ source: 'default', confidence: 0.3 });
  });

  it('is never certain of what a rule of thumb says', async () => {
    const { confidence } = await make().choose(ask('Write a text in a good style'));
    expect(confidence).toBeLessThan(1);
  });

  it('refuses to choose among nobody', async () => {
    await expect(make().choose(ask('a', { agents: [] }))).rejects.toBeInstanceOf(ValidationError);
  });

  it.each(['@mechanic how long do I boil rice?', 'Ask the Mechanic about rice', 'Mechanic: rice?'])(
    'hears whom it speaks to: %s',
    async (message) => {
      expect(await make().choose(ask(message))).toMatchObject({
        agentName: 'Mechanic',
        source: 'address',
        confidence: 0.95,
      });
    },
  );

  it.each(['mail me at a@mechanic.org about recipes', 'The chef asks the mechanics'])(
    'does not take every name for an address: %s',
    async (message) => {
      expect(await make().choose(ask(message))).not.toMatchObject({ source: 'address' });
    },
  );

  it('answers within 100 ms among ten agents', async () => {
    const ten = Array.from({ length: 10 }, (_, index) => ({
      name: `Agent-${String(index)}`,
      capabilities: makeCapabilities({ expertise: [`subject ${String(index)}`, 'cooking', 'travel'] }),
    }));
    const router = make();
    await router.choose(ask('What shall I cook on my journey?', { agents: ten }));
    const { latencyMs } = await router.choose(ask('What shall I cook on my trip?', { agents: ten }));
    expect(latencyMs).toBeLessThan(100);
  });
});

describe('a choice by hand', () => {
  it('sticks over any number of messages, and tells whom the router would have chosen, until it is released', async () => {
    const router = make();
    router.forceAgent('u-1', 'Writer');
    for (const message of ['My engine stutters', 'And the brakes?', '@Mechanic hello'])
      expect(await router.choose(ask(message, { userId: 'u-1' }))).toMatchObject({
        agentName: 'Writer',
        source: 'manual',
      });
    expect(router.decisions.query({ source: 'manual' })[0]?.overridden).toBe('Mechanic');
    expect(await router.choose(ask('My engine stutters', { userId: 'u-2' }))).toMatchObject({
      agentName: 'Mechanic',
    });
    expect([router.releaseAgent('u-1'), router.releaseAgent('u-1')]).toEqual([true, false]);
    expect(await router.choose(ask('My engine stutters', { userId: 'u-1' }))).toMatchObject({
      source: 'local',
    });
  });

  it('falls back to the router while the chosen agent is not there', async () => {
    const router = make();
    router.forceAgent('u-1', 'Nobody');
    expect(await router.choose(ask('My engine stutters', { userId: 'u-1' }))).toMatchObject({
      agentName: 'Mechanic',
    });
  });
});

describe('hand-off rules', () => {
  it('see the message and come before every score, the highest priority first', async () => {
    const router = make();
    router.addHandoffRule(({ message }) => message.includes('engine'), 'Chef');
    const end = router.addHandoffRule(({ message }) => message.includes('engine'), 'Writer', 5);
    router.addHandoffRule(() => true, 'Nobody', 9);
    expect(await router.choose(ask('My engine stutters'))).toMatchObject({
      agentName: 'Writer',
      source: 'rule',
    });
    end();
    expect(await router.choose(ask('My engine stutters'))).toMatchObject({ agentName: 'Chef' });
    expect(await router.choose(ask('My brakes'))).toMatchObject({ source: 'local' });
  });
});

describe('a model', () => {
  const answer = (agent: string) => JSON.stringify({ agent, confidence: 0.9, reasoning: 'because' });

  it('decides when it answers in time, and is asked nothing twice', async () => {
    const model = new ScriptedModel([answer('Chef')]);
    const router = make({ model });
    for (let count = 0; count < 2; count += 1)
      expect(await router.choose(ask('My engine stutters'))).toMatchObject({
        agentName: 'Chef',
        source: 'model',
        confidence: 0.9,
        reasoning: 'because',
      });
    expect(model.requests).toHaveLength(1);
  });

  it('holds a decision up no longer than its deadline, and its late answer serves the next one', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (release = resolve));
    const inner = new ScriptedModel([answer('Chef')]);
    const model = {
      async *stream(request: Parameters<ScriptedModel['stream']>[0]) {
        await waiting;
        yield* inner.stream(request);
      },
    };
    const router = make({ model });
    const deciding = router.choose(ask('My engine stutters'));
    clock.advance(80);
    expect(await deciding).toMatchObject({ agentName: 'Mechanic', source: 'local' });
    release();
    await settle();
    expect(await router.choose(ask('My engine stutters'))).toMatchObject({
      agentName: 'Chef',
      source: 'model',
    });
  });

  it.each([
    ['names nobody who is there', answer('Nobody')],
    ['talks instead of answering', 'I think the chef.'],
    ['fails', new ModelError('overloaded', 'busy')],
  ])('that %s leaves the decision to the local scorer', async (_, reply) => {
    expect(await make({ model: new ScriptedModel([reply]) }).choose(ask('My engine stutters'))).toMatchObject(
      {
        agentName: 'Mechanic',
        source: 'local',
      },
    );
  });
});

describe('agents that fail', () => {
  it('are routed around, by what the monitor knows and by what the bus tells', async () => {
    const vitals = { isAvailable: (name: string) => name !== 'Mechanic' };
    const rest = { recordActivity: () => undefined, reportFailure: () => undefined };
    const watched = make({ vitals: { ...vitals, ...rest } });
    expect((await watched.choose(ask('My engine stutters'))).agentName).not.toBe('Mechanic');
    const bus = new EventBus({ clock, logSink: QUIET });
    await bus.initialize();
    const router = make();
    router.followHealth(bus);
    await bus.publish('agent:disconnected', { agentId: 'Mechanic', newState: 'disconnected' });
    await settle();
    expect((await router.choose(ask('My engine stutters'))).agentName).not.toBe('Mechanic');
    await bus.publish('agent:healthy', { agentId: 'Mechanic', newState: 'healthy' });
    await settle();
    expect((await router.choose(ask('My engine stutters'))).agentName).toBe('Mechanic');
    await bus.stop();
  });
});

describe('learning', () => {
  it('prefers, for this user alone, whom they were content with three times', async () => {
    const router = make();
    for (let count = 0; count < 8; count += 1) {
      router.forceAgent('u-1', 'Writer');
      const { id } = await router.choose(ask('What is wrong with the brakes of my car?', { userId: 'u-1' }));
      router.recordOutcome(id, { success: true, satisfaction: 1 });
      router.releaseAgent('u-1');
      const other = await router.choose(ask('What is wrong with the brakes of my car?', { userId: 'u-1' }));
      router.recordOutcome(other.id, { success: false, satisfaction: 0 });
    }
    const scoreOf = async (userId: string) => {
      const { candidates } = await router.choose(ask('The brakes of my car are soft', { userId }));
      return candidates.find(({ agentName }) => agentName === 'Writer')?.score ?? 0;
    };
    expect(await scoreOf('u-1')).toBeGreaterThan((await scoreOf('u-2')) + 0.1);
    const { feedbackCount, patterns } = router.getInsights('u-1');
    expect(feedbackCount).toBe(16);
    expect(patterns).toContainEqual(
      expect.objectContaining({ agentName: 'Writer', topic: 'cars', count: 8 }),
    );
    expect(router.getInsights('u-2').feedbackCount).toBe(0);
  });
});

describe('the log of decisions', () => {
  it('can be queried by what a decision is like and what came of it', async () => {
    const router = make();
    const { id } = await router.choose(ask('My engine stutters', { sessionId: 's-1', userId: 'u-1' }));
    clock.advance(1000);
    await router.choose(ask('Bake a cake', { sessionId: 's-2' }));
    router.recordOutcome(id, { success: false, error: 'timeout' });
    const found = (query: Parameters<DecisionLog['query']>[0]) =>
      router.decisions.query(query).map(({ agentName }) => agentName);
    expect(found({})).toEqual(['Mechanic', 'Chef']);
    expect(found({ sessionId: 's-2' })).toEqual(['Chef']);
    expect(found({ text: 'ENGINE' })).toEqual(['Mechanic']);
    expect(found({ success: false })).toEqual(['Mechanic']);
    expect(found({ since: clock.now() })).toEqual(['Chef']);
    expect(found({ agentName: 'Mechanic', userId: 'u-2' })).toEqual([]);
    expect(found({ minConfidence: 0.99 })).toEqual([]);
    expect(found({ limit: 1 })).toEqual(['Chef']);
    expect(() => router.recordOutcome('nobody', { success: true })).toThrow(NotFoundError);
  });

  it('is exported as JSON, and as lines that a spreadsheet opens without harm', async () => {
    const router = make();
    await router.choose(ask('=1+1 "engine", stutters'));
    const [decision] = JSON.parse(router.decisions.export('json')) as { agentName: string }[];
    expect(decision?.agentName).toBe('Mechanic');
    const [head, line] = router.decisions.export('csv').split('\n');
    expect(head).toMatch(/^id,timestamp,agentName,source,confidence/);
    expect(line).toContain(`"'=1+1 ""engine"", stutters"`);
  });

  it('shows the whole tree of what was considered, by itself in debug mode', async () => {
    const said: LogRecord[] = [];
    const router = make({ debug: true, log: { write: (line) => said.push(line) } });
    const { id } = await router.choose(ask('My engine stutters'));
    await router.chooseWithin(ask('Bake a cake'), id);
    const tree = router.decisions.tree(id);
    for (const part of ['manual', 'rules', 'address', 'local', 'candidate Writer', '    Chef by local'])
      expect(tree).toContain(part);
    expect(said.filter(({ level }) => level === 'DEBUG')).toHaveLength(2);
  });

  it('survives the process on the event log', async () => {
    const log = new MemoryEventLog();
    const bus = new EventBus({ log, clock, logSink: QUIET });
    await bus.initialize();
    const router = make({ decisions: new DecisionLog({ bus }) });
    const { id } = await router.choose(ask('My engine stutters', { sessionId: 's-1' }));
    router.recordOutcome(id, { success: true });
    await settle();
    const later = new DecisionLog();
    expect(await later.load(log)).toBe(1);
    expect(later.get(id)).toEqual(router.decisions.get(id));
    expect(log.afterSync(0, { topics: ['routing:decided'] })[0]).toMatchObject({ sessionId: 's-1' });
    await bus.stop();
  });
});
