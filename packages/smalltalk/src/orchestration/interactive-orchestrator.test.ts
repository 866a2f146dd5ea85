import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../events/event-bus.ts';
import { MemoryEventLog } from '../events/memory-event-log.ts';
import { ScriptedAgent } from '../test-agents.ts';
import { FakeClock } from '../test-clock.ts';
import { settle } from '../test-settle.ts';
import type { AgentReplyPart, FlowContext } from '../types/agent.ts';
import { ConflictError, NotFoundError } from '../types/errors.ts';
import { InteractiveOrchestrator } from './interactive-orchestrator.ts';
import type { InteractiveOrchestratorOptions } from './orchestrator-options.ts';

const QUIET = { write: () => undefined };

let clock: FakeClock;
let researcher: ScriptedAgent;
let writer: ScriptedAgent;
let reviewer: ScriptedAgent;
beforeEach(() => {
  clock = new FakeClock();
  researcher = new ScriptedAgent('Researcher', {
    expertise: ['research', 'sources'],
    taskTypes: ['research'],
  });
  writer = new ScriptedAgent('Writer', { expertise: ['writing', 'style'], taskTypes: ['writing'] });
  reviewer = new ScriptedAgent('Reviewer', { expertise: ['critique', 'logic'], taskTypes: ['review'] });
});

function make(options: InteractiveOrchestratorOptions = {}): InteractiveOrchestrator {
  const orchestrator = new InteractiveOrchestrator({ clock, log: QUIET, ...options });
  for (const agent of [researcher, writer, reviewer]) orchestrator.registerAgent(agent);
  return orchestrator;
}

/** Holds an agent's next answer back until it is released. */
function hold(agent: ScriptedAgent): { release: () => void; signals: AbortSignal[] } {
  const signals: AbortSignal[] = [];
  let release = (): void => undefined;
  const before = agent.answer;
  const gate = new Promise<void>((resolve) => (release = resolve));
  agent.answer = async (message, context) => {
    if (context.signal !== undefined) signals.push(context.signal);
    agent.answer = before;
    await gate;
    return before(message, context);
  };
  return { release: () => release(), signals };
}

const said = (messages: readonly { agentName?: string }[]) => messages.map(({ agentName }) => agentName);

describe('a plan', () => {
  it('asks the one who fits, and answers with what it really said', async () => {
    const { kind, messages, plan, deliberation } = await make().orchestrate(
      'Find sources on sleep',
      's',
      'u',
    );
    expect([kind, messages.map(({ content }) => content)]).toEqual([
      'answered',
      ['Researcher: Find sources on sleep'],
    ]);
    expect([plan.status, plan.pattern, plan.currentStepIndex]).toEqual([
      'completed',
      'specialist-consultation',
      1,
    ]);
    expect(deliberation).toMatchObject({ isGoalReached: true, nextAction: 'RETURN_SUMMARY' });
  });

  it('goes from agent to agent where the message has steps, each seeing what came before', async () => {
    const { messages } = await make().orchestrate(
      'Find sources on sleep, then write a paragraph in a lively style, then review its logic',
      's',
      'u',
    );
    expect(said(messages)).toEqual(['Researcher', 'Writer', 'Reviewer']);
    expect(reviewer.asked[0]?.context.history?.map(({ agentName }) => agentName)).toEqual([
      'Researcher',
      'Writer',
    ]);
  });

  it('takes any history there is', async () => {
    const history = [{ id: '1', role: 'user' as const, content: 'hello', timestamp: 0 }];
    await make().orchestrate('Find sources', 's', 'u', history);
    expect(researcher.asked[0]?.context.history).toEqual(history);
  });

  it('lets several agents work at the same time where the message wants several views', async () => {
    const orchestrator = make();
    const held = [hold(researcher), hold(writer), hold(reviewer)];
    const answering = orchestrator.orchestrate('I want different perspectives on remote work', 's', 'u');
    await settle();
    expect(held.map(({ signals }) => signals.length)).toEqual([1, 1, 1]);
    for (const { release } of held) release();
    const { plan, messages } = await answering;
    expect([plan.pattern, messages.length]).toEqual(['parallel-synthesis', 4]);
    expect(plan.steps.at(-1)?.dependsOn).toHaveLength(3);
  });

  it('has both sides argued, or a draft reviewed and improved, where that is wanted', async () => {
    const orchestrator = make();
    const debate = await orchestrator.orchestrate('Debate whether style matters in writing', 's', 'u');
    expect([debate.plan.pattern, new Set(said(debate.messages)).size]).toEqual(['debate-discussion', 3]);
    const review = await orchestrator.orchestrate(
      'Write a text in good style and have it reviewed',
      's',
      'u',
    );
    expect([review.plan.pattern, said(review.messages)]).toEqual([
      'review-refinement',
      ['Writer', 'Reviewer', 'Writer'],
    ]);
  });

  it('says how it came to be, and every decision of it can be found', async () => {
    const orchestrator = make();
    const { plan } = await orchestrator.orchestrate('Find sources, then write a text', 's', 'u');
    expect(plan.metadata['routing']).toMatchObject({
      selectedAgents: ['Researcher', 'Writer'],
      collaborationPattern: 'sequential',
    });
    const parts = orchestrator.router.decisions.query({ parentId: plan.id });
    expect(parts.map(({ agentName, outcome }) => [agentName, outcome?.success])).toEqual([
      ['Researcher', true],
      ['Writer', true],
    ]);
    const tree = orchestrator.router.decisions.tree(plan.id);
    expect(tree).toContain('sequential-handoff');
    expect(tree).toContain('    Researcher by local');
  });

  it('streams what its agents say, piece by piece', async () => {
    async function* stream(_message: string, _context?: FlowContext): AsyncGenerator<AgentReplyPart> {
      yield { type: 'text', text: 'a' };
      yield { type: 'text', text: 'b' };
    }
    const orchestrator = make();
    orchestrator.registerAgent(
      Object.assign(new ScriptedAgent('Poet', { expertise: ['poem'] }), { streamResponse: stream }),
    );
    const chunks: string[] = [];
    orchestrator.on('response-chunk', ({ agentName, chunk }) => chunks.push(`${agentName} ${chunk}`));
    const { messages } = await orchestrator.orchestrate('@Poet a poem', 's', 'u');
    expect([chunks, messages[0]?.content]).toEqual([['Poet a', 'Poet b'], 'ab']);
  });

  it('tells the bus of itself by the names of the contract', async () => {
    const log = new MemoryEventLog();
    const bus = new EventBus({ log, clock, logSink: QUIET });
    await bus.initialize();
    await make({ bus }).orchestrate('Find sources', 's', 'u');
    await settle();
    expect(log.afterSync(0, { sessionId: 's' }).map(({ topic, priority }) => [topic, priority])).toEqual([
      ['plan_created', 'critical'],
      ['plan_started', 'normal'],
      ['step_completed', 'normal'],
      ['plan_completed', 'normal'],
    ]);
    await bus.stop();
  });
});

describe('a user who steps in', () => {
  it('stops a plan: its agent is told, nobody else is asked', async () => {
    const orchestrator = make();
    const { signals } = hold(researcher);
    const answering = orchestrator.orchestrate('Find sources, then write a text', 's', 'u');
    await settle();
    expect((await orchestrator.orchestrate('Stop!', 's', 'u')).kind).toBe('stopped');
    expect((await answering).kind).toBe('stopped');
    expect([signals[0]?.aborted, writer.asked]).toEqual([true, []]);
    expect(orchestrator.getActivePlans()).toEqual([]);
  });

  it('pauses a plan between two steps, and goes on later', async () => {
    const orchestrator = make();
    const paused: string[] = [];
    orchestrator.on('execution-paused', ({ id }) => paused.push(id));
    const { release } = hold(researcher);
    const answering = orchestrator.orchestrate('Find sources, then write a text', 's', 'u');
    await settle();
    const pausing = orchestrator.orchestrate('Wait a moment', 's', 'u');
    release();
    expect([(await pausing).kind, (await answering).kind, writer.asked.length]).toEqual([
      'paused',
      'paused',
      0,
    ]);
    expect(paused).toHaveLength(1);
    const { kind, messages } = await orchestrator.orchestrate('Continue', 's', 'u');
    expect([kind, said(messages)]).toEqual(['answered', ['Researcher', 'Writer']]);
    const { id } = (await answering).plan;
    await expect(orchestrator.resumeExecution(id)).rejects.toBeInstanceOf(ConflictError);
  });

  it('redirects a plan: what is not done gives way to the new direction', async () => {
    const orchestrator = make();
    hold(researcher);
    const first = orchestrator.orchestrate('Find sources on sleep, then write a text', 's', 'u');
    await settle();
    const { kind, messages, plan } = await orchestrator.orchestrate(
      'Focus on the logic and critique it instead',
      's',
      'u',
    );
    await first;
    expect([kind, plan.steps.map(({ status }) => status)]).toEqual([
      'answered',
      ['skipped', 'skipped', 'completed'],
    ]);
    expect(messages[0]?.content).toContain('Focus on the logic');
    expect(orchestrator.getStatistics()).toMatchObject({
      interruptions: { REDIRECT: 1 },
      adaptations: { 'complete-redesign': 1 },
    });
  });

  it('gives the work to another agent', async () => {
    const orchestrator = make();
    hold(researcher);
    const first = orchestrator.orchestrate('Find sources on sleep', 's', 'u');
    await settle();
    const { messages } = await orchestrator.orchestrate('@Writer do it', 's', 'u');
    await first;
    expect(messages.map(({ content }) => content)).toEqual(['Writer: Find sources on sleep']);
  });

  it('begins something new', async () => {
    const orchestrator = make();
    hold(researcher);
    const first = orchestrator.orchestrate('Find sources on sleep', 's', 'u');
    await settle();
    const second = await orchestrator.orchestrate('Forget that: review the logic of my text', 's', 'u');
    expect([(await first).kind, second.kind, said(second.messages)]).toEqual([
      'stopped',
      'answered',
      ['Reviewer'],
    ]);
  });

  it('asks a question without disturbing the plan', async () => {
    const orchestrator = make();
    const { release } = hold(researcher);
    const answering = orchestrator.orchestrate('Find sources on sleep', 's', 'u');
    await settle();
    const { kind, messages } = await orchestrator.orchestrate('Which databases do you use?', 's', 'u');
    release();
    expect([kind, messages[0]?.content, (await answering).kind]).toEqual([
      'clarified',
      'Researcher: Which databases do you use?',
      'answered',
    ]);
  });

  it('never disturbs somebody else', async () => {
    const orchestrator = make();
    const { release } = hold(researcher);
    const answering = orchestrator.orchestrate('Find sources on sleep', 's', 'u-1');
    await settle();
    expect((await orchestrator.orchestrate('Stop', 's', 'u-2')).kind).toBe('answered');
    release();
    expect((await answering).kind).toBe('answered');
  });

  it('may not do what is switched off', async () => {
    const orchestrator = make({ allowAgentSwitching: false, enablePlanRedirection: false });
    const { release } = hold(researcher);
    const first = orchestrator.orchestrate('Find sources on sleep', 's', 'u');
    await settle();
    const second = orchestrator.orchestrate('@Writer do it', 's', 'u');
    await settle();
    release();
    expect([said((await first).messages), said((await second).messages)]).toEqual([
      ['Researcher'],
      ['Researcher'],
    ]);
  });
});

describe('a plan that meets trouble', () => {
  it('gives a step that failed to the next best agent', async () => {
    const orchestrator = make();
    researcher.answer = () => Promise.reject(new Error('broken'));
    const { kind, plan, messages } = await orchestrator.orchestrate(
      'Find sources, then write a text',
      's',
      'u',
    );
    expect([kind, messages.length]).toEqual(['answered', 2]);
    expect(plan.steps[0]).toMatchObject({ agentName: 'Researcher', status: 'skipped', error: 'broken' });
    expect(orchestrator.getStatistics().adaptations).toEqual({ replace: 1 });
  });

  it('fails, and asks its user what to do, when nobody can do it', async () => {
    const orchestrator = make();
    for (const agent of [researcher, writer, reviewer])
      agent.answer = () => Promise.reject(new Error('broken'));
    const { kind, deliberation } = await orchestrator.orchestrate('Find sources', 's', 'u');
    expect([kind, deliberation.nextAction]).toEqual(['failed', 'ASK_GUIDANCE']);
  });

  it('asks whom an agent needs before anybody goes on', async () => {
    const orchestrator = make();
    researcher.answer = () => '@Reviewer is this source sound?';
    const { messages } = await orchestrator.orchestrate('Find sources, then write a text', 's', 'u');
    expect(said(messages)).toEqual(['Researcher', 'Reviewer', 'Writer']);
  });

  it('is limited to so many steps for one message, and every new message begins anew', async () => {
    const orchestrator = make({ maxAutoResponses: 2 });
    const first = await orchestrator.orchestrate('Find sources; write a text; review its logic', 's', 'u');
    expect([first.kind, first.messages.length, first.deliberation.nextAction]).toEqual([
      'paused',
      2,
      'GENERATE_FOLLOWUP',
    ]);
    expect((await orchestrator.orchestrate('go on', 's', 'u')).messages).toHaveLength(3);
    for (let count = 0; count < 5; count += 1)
      expect((await orchestrator.orchestrate('Find sources', 's', 'u')).kind).toBe('answered');
  });

  it('does not wait for an agent longer than its time', async () => {
    const orchestrator = make({ agentTimeoutMs: 1000 });
    hold(researcher);
    const answering = orchestrator.orchestrate('Find sources', 's', 'u');
    await settle();
    clock.advance(1000);
    expect(said((await answering).messages)).not.toContain('Researcher');
  });

  it('knows no agent that was removed', async () => {
    const orchestrator = make();
    orchestrator.removeAgent('Researcher');
    expect(said((await orchestrator.orchestrate('Find sources', 's', 'u')).messages)).not.toContain(
      'Researcher',
    );
    expect(() => orchestrator.registerAgent(writer)).toThrow(ConflictError);
  });
});

describe('what a user says of a plan', () => {
  it('becomes part of what is still to be done', async () => {
    const orchestrator = make({ maxAutoResponses: 1 });
    const { plan } = await orchestrator.orchestrate('Find sources, then write a text', 's', 'u');
    orchestrator.handleUserFeedback(plan.id, 'too long, use short sentences', 'u');
    await orchestrator.resumeExecution(plan.id);
    expect(writer.asked[0]?.message).toContain('use short sentences');
    expect(orchestrator.getStatistics().adaptations).toEqual({ modify: 1 });
    expect(() => orchestrator.handleUserFeedback(plan.id, 'x', 'somebody else')).toThrow(NotFoundError);
  });

  it('is learnt from', async () => {
    const orchestrator = make();
    for (let count = 0; count < 3; count += 1) {
      const { plan } = await orchestrator.orchestrate('Find sources on sleep', 's', 'u');
      orchestrator.handleUserFeedback(plan.id, 'This is wrong', 'u');
      orchestrator.updateRoutingMetrics('u', plan.id, {
        success: false,
        satisfaction: 0,
        duration: 100,
        interruptions: 1,
      });
    }
    const { satisfaction, interruptionRate, patterns } = orchestrator.getAdaptiveInsights('u');
    expect(satisfaction).toBeLessThan(0.3);
    expect(interruptionRate).toBeGreaterThan(0);
    expect(patterns.find(({ agentName }) => agentName === 'Researcher')?.value).toBeLessThan(0);
  });
});

it('ends every plan when it is shut down', async () => {
  const orchestrator = make();
  hold(researcher);
  const answering = orchestrator.orchestrate('Find sources', 's', 'u');
  await settle();
  await orchestrator.shutdown();
  expect((await answering).kind).toBe('stopped');
});
