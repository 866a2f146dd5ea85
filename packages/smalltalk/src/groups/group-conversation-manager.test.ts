import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../events/event-bus.ts';
import { ScriptedModel } from '../llm/scripted-model.ts';
import { FileStorageAdapter } from '../persistence/file-storage-adapter.ts';
import { ScriptedAgent } from '../test-agents.ts';
import { FakeClock } from '../test-clock.ts';
import { makeScratchFolder } from '../test-scratch.ts';
import { settle } from '../test-settle.ts';
import { ConflictError, NotFoundError, SessionGoneError, ValidationError } from '../types/errors.ts';
import type { Message } from '../types/message.ts';
import { GroupConversationManager } from './group-conversation-manager.ts';
import type { GroupConversationManagerOptions } from './group-options.ts';
import { processorMs } from '../test-processor-time.ts';

const QUIET = { write: () => undefined };

let clock: FakeClock;
let researcher: ScriptedAgent;
let writer: ScriptedAgent;
let reviewer: ScriptedAgent;
let team: ScriptedAgent[];
beforeEach(() => {
  clock = new FakeClock();
  researcher = new ScriptedAgent('Researcher', {
    expertise: ['research', 'sources'],
    taskTypes: ['research'],
  });
  writer = new ScriptedAgent('Writer', { expertise: ['writing', 'style'], taskTypes: ['writing'] });
  reviewer = new ScriptedAgent('Reviewer', { expertise: ['critique', 'logic'], taskTypes: ['review'] });
  team = [researcher, writer, reviewer];
});
const make = (options: GroupConversationManagerOptions = {}) =>
  new GroupConversationManager({ clock, log: QUIET, ...options });
const speakers = (messages: readonly Message[]) => messages.map(({ agentName }) => agentName);

describe('a group', () => {
  it('has 2 to 10 different agents, also while they come and go', async () => {
    const groups = make();
    const many = Array.from({ length: 11 }, (_, index) => new ScriptedAgent(`Agent-${String(index)}`));
    for (const members of [[], [writer], many, [writer, writer]])
      await expect(groups.createGroup(members)).rejects.toBeInstanceOf(ValidationError);
    const { id } = await groups.createGroup(many.slice(0, 10));
    await expect(groups.addAgent(id, many[10]!)).rejects.toBeInstanceOf(ValidationError);
    for (const agent of many.slice(2, 10)) await groups.removeAgent(id, agent.name);
    await expect(groups.removeAgent(id, 'Agent-1')).rejects.toBeInstanceOf(ValidationError);
    await groups.addAgent(id, writer);
    expect(groups.getConversation(id)?.agentIds).toEqual(['Agent-0', 'Agent-1', 'Writer']);
    await expect(groups.removeAgent(id, 'Nobody')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('calls its agents, and shows each what everyone has said and what everyone knows', async () => {
    const groups = make();
    const initialContext = { goal: { topic: 'alignment' } };
    const { id } = await groups.createGroup(team, { initialContext, maxSpeakersPerTurn: 3 });
    initialContext.goal.topic = 'changed from outside';
    await groups.updateSharedContext(id, { deadline: 'Friday' });
    const answers = await groups.handleMessage(id, 'What are the key challenges?');
    expect(answers.map(({ agentName, content }) => [agentName, content])).toEqual([
      ['Researcher', 'Researcher: What are the key challenges?'],
      ['Writer', 'Writer: What are the key challenges?'],
      ['Reviewer', 'Reviewer: What are the key challenges?'],
    ]);
    const { context } = reviewer.asked[0]!;
    expect(context.sharedContext).toEqual({ goal: { topic: 'alignment' }, deadline: 'Friday' });
    expect(context.history?.map(({ agentName, role }) => agentName ?? role)).toEqual([
      'Researcher',
      'Writer',
    ]);
    expect(context.conversationId).toBe(id);
    expect(groups.getConversation(id)?.conversationHistory.map(({ role }) => role)).toEqual([
      'user',
      'agent',
      'agent',
      'agent',
    ]);
  });

  it('answers what is said at the same time one after the other', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team);
    await Promise.all(['a', 'b', 'c'].map((text) => groups.handleMessage(id, text)));
    expect(groups.getConversation(id)?.conversationHistory.map(({ content }) => content)).toEqual([
      'a',
      'Researcher: a',
      'b',
      'Writer: b',
      'c',
      'Reviewer: c',
    ]);
  });

  it('takes nothing more once it has ended, and may be ended twice', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team);
    await groups.endConversation(id);
    await groups.endConversation(id);
    await expect(groups.handleMessage(id, 'a')).rejects.toBeInstanceOf(SessionGoneError);
    await expect(groups.handleMessage('nowhere', 'a')).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('the next speaker', () => {
  it('is the next in turn unless told otherwise', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team);
    const order = [];
    for (let turn = 0; turn < 4; turn += 1) order.push(...speakers(await groups.handleMessage(id, 'a')));
    expect(order).toEqual(['Researcher', 'Writer', 'Reviewer', 'Researcher']);
  });

  it('is whoever has the highest priority, three times in a row, then another one gets a turn', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team, {
      speakerSelection: 'priority',
      initialContext: { priorities: { Writer: 5, Reviewer: 2, Researcher: 2 } },
    });
    const order = [];
    for (let turn = 0; turn < 9; turn += 1) order.push(...speakers(await groups.handleMessage(id, 'a')));
    expect(order).toEqual([
      'Writer',
      'Writer',
      'Writer',
      'Reviewer',
      'Writer',
      'Writer',
      'Writer',
      'Reviewer',
      'Writer',
    ]);
  });

  it('waits for nobody when what was said is critical', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team, {
      speakerSelection: 'priority',
      initialContext: { priorities: { Writer: 5 } },
    });
    for (let turn = 0; turn < 3; turn += 1) await groups.handleMessage(id, 'a');
    const said = { content: 'b', metadata: { priority: 'critical' } };
    expect(speakers(await groups.handleMessage(id, said))).toEqual(['Writer']);
  });

  it('is whoever knows most about what was said, found within 100 ms', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team, { speakerSelection: 'llm-based' });
    expect(speakers(await groups.handleMessage(id, 'Is the logic of this argument sound?'))).toEqual([
      'Reviewer',
    ]);
    const selection = await groups.selectSpeaker(id, { userMessage: 'Find sources on sleep' });
    expect(selection).toMatchObject({ agentId: 'Researcher' });
    expect(selection.reasoning).toContain('expertise');
    expect(selection.latencyMs).toBeLessThan(100);
  });

  it('is whom a model chooses, and the next in turn when the model fails and nothing else speaks for anybody', async () => {
    const model = new ScriptedModel([
      JSON.stringify({ agent: 'Writer', confidence: 0.8, reasoning: 'it writes' }),
      'no idea',
    ]);
    const groups = make({ model });
    const { id } = await groups.createGroup(team, { speakerSelection: 'llm-based' });
    expect(await groups.selectSpeaker(id, { userMessage: 'mmm' })).toMatchObject({
      agentId: 'Writer',
      confidence: 0.8,
      reasoning: 'it writes',
    });
    expect(await groups.selectSpeaker(id, { userMessage: 'hm' })).toMatchObject({ agentId: 'Researcher' });
  });

  it('is whom a person gives the floor, and whom an agent speaks to by name', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team, { maxSpeakersPerTurn: 2 });
    await groups.setNextSpeaker(id, 'Reviewer');
    await expect(groups.setNextSpeaker(id, 'Nobody')).rejects.toBeInstanceOf(NotFoundError);
    reviewer.answer = () => 'I am not sure. @Writer what do you think?';
    expect(speakers(await groups.handleMessage(id, 'a'))).toEqual(['Reviewer', 'Writer']);
  });

  it('changes with the strategy', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team);
    await groups.setSelectionStrategy(id, 'priority');
    await groups.updateSharedContext(id, { priorities: { Reviewer: 1 } });
    expect(speakers(await groups.handleMessage(id, 'a'))).toEqual(['Reviewer']);
  });
});

describe('agents that fail', () => {
  it('are passed over: the others carry on', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team);
    researcher.answer = () => Promise.reject(new Error('broken'));
    expect(speakers(await groups.handleMessage(id, 'a'))).toEqual(['Writer']);
  });

  it('do not hold the others up for longer than their time', async () => {
    const groups = make({ agentTimeoutMs: 1000 });
    const { id } = await groups.createGroup(team);
    researcher.answer = () => new Promise(() => undefined);
    const answering = groups.handleMessage(id, 'a');
    await settle();
    clock.advance(1000);
    expect(speakers(await answering)).toEqual(['Writer']);
  });

  it('are not asked while they are lost; what was said waits for the first that is back', async () => {
    const lost = new Set(team.map(({ name }) => name));
    const activity: string[] = [];
    const bus = new EventBus({ clock, logSink: QUIET });
    await bus.initialize();
    const vitals = {
      isAvailable: (name: string) => !lost.has(name),
      recordActivity: (name: string, type: string) => void activity.push(`${name} ${type}`),
      reportFailure: () => undefined,
    };
    const groups = make({ bus, vitals });
    groups.followHealth();
    const { id } = await groups.createGroup(team);
    expect(await groups.handleMessage(id, 'Anybody?')).toEqual([]);
    expect(groups.getConversation(id)?.state).toBe('waiting');
    lost.delete('Reviewer');
    await bus.publish('agent:healthy', { agentId: 'Reviewer' });
    await settle();
    const { state, conversationHistory } = groups.getConversation(id)!;
    expect([state, conversationHistory.map(({ content }) => content)]).toEqual([
      'active',
      ['Anybody?', 'Reviewer: Anybody?'],
    ]);
    expect(activity).toEqual(['Reviewer request_started', 'Reviewer request_ended']);
    await bus.stop();
  });
});

describe('what happens elsewhere', () => {
  it('is heard by a group that follows it, and answered by whom it suits', async () => {
    const bus = new EventBus({ clock, logSink: QUIET });
    await bus.initialize();
    const groups = make({ bus });
    const { id } = await groups.createGroup(team, { speakerSelection: 'llm-based' });
    const end = groups.followEvents(
      id,
      'task:completed',
      (payload) => `Review the logic of ${JSON.stringify(payload)}`,
    );
    await bus.publish('task:completed', { file: 'a.md' });
    await settle();
    end();
    await bus.publish('task:completed', { file: 'b.md' });
    await settle();
    expect(speakers(groups.getConversation(id)!.conversationHistory)).toEqual([undefined, 'Reviewer']);
    await bus.stop();
  });
});

describe('a group of three to five', () => {
  it.each([3, 4, 5])('completes its work although any one of its %i agents fails', async (size) => {
    for (let broken = 0; broken < size; broken += 1) {
      const members = Array.from({ length: size }, (_, index) => new ScriptedAgent(`Agent-${String(index)}`));
      members[broken]!.answer = () => Promise.reject(new Error('broken'));
      const groups = make();
      const { id } = await groups.createGroup(members);
      for (const { name } of members)
        await groups.addTask(id, { description: 'Do it', assignedAgentId: name });
      await groups.runWorkflow(id);
      await groups.endConversation(id);
      expect(groups.getStats()).toMatchObject({ successfulConversations: 1, failedConversations: 0 });
    }
  });

  it('shares what everyone knows with less than 50 ms of work, also among ten', async () => {
    const members = Array.from({ length: 10 }, (_, index) => new ScriptedAgent(`Agent-${String(index)}`));
    const groups = make();
    const { id } = await groups.createGroup(members);
    const share = () => groups.updateSharedContext(id, { text: 'x'.repeat(100_000) });
    expect(await processorMs(share)).toBeLessThan(50);
    expect(groups.getConversation(id)?.sharedContext['text']).toHaveLength(100_000);
  });
});

describe('the workflow', () => {
  it('passes from task to task by what they wait for, each with all that was said before', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team);
    const found = await groups.addTask(id, { description: 'Find sources', assignedAgentId: 'Researcher' });
    const text = await groups.addTask(id, {
      description: 'Write it',
      assignedAgentId: 'Writer',
      dependencies: [found.id],
    });
    await groups.addTask(id, {
      description: 'Review it',
      assignedAgentId: 'Reviewer',
      dependencies: [text.id],
    });
    expect(speakers(await groups.runWorkflow(id))).toEqual(['Researcher', 'Writer', 'Reviewer']);
    expect(reviewer.asked[0]?.context.history?.map(({ content }) => content)).toEqual([
      'Researcher: Find sources',
      'Writer: Write it',
    ]);
    const { tasks, completedTaskIds, currentTaskId } = groups.getConversation(id)!.workflowState;
    expect([tasks.map(({ status }) => status), completedTaskIds.length, currentTaskId]).toEqual([
      ['completed', 'completed', 'completed'],
      3,
      undefined,
    ]);
  });

  it('gives the floor to the next task’s agent when one is completed from outside', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team);
    await groups.addTask(id, { id: 't-1', description: 'Find sources' });
    await groups.addTask(id, {
      description: 'Review',
      assignedAgentId: 'Reviewer',
      dependencies: ['t-1'],
    });
    await groups.completeTask(id, 't-1');
    expect(speakers(await groups.handleMessage(id, 'Go on'))).toEqual(['Reviewer']);
    await expect(groups.completeTask(id, 't-1')).rejects.toBeInstanceOf(ConflictError);
    await expect(groups.addTask(id, { description: 'x', dependencies: ['t-9'] })).rejects.toBeInstanceOf(
      ValidationError,
    );
  });

  it('stops at a task that nobody can do', async () => {
    const groups = make();
    const { id } = await groups.createGroup(team);
    for (const agent of team) agent.answer = () => Promise.reject(new Error('broken'));
    await groups.addTask(id, { id: 't-1', description: 'Find sources' });
    await groups.addTask(id, { description: 'Write', dependencies: ['t-1'] });
    expect(await groups.runWorkflow(id)).toEqual([]);
    expect(groups.getConversation(id)?.workflowState.tasks.map(({ status }) => status)).toEqual([
      'failed',
      'pending',
    ]);
  });
});

describe('a restart', () => {
  it('brings a group back with all it knew, and goes on with the next in turn', async () => {
    const { folder, remove } = makeScratchFolder();
    const storage = new FileStorageAdapter(folder);
    await storage.initialize();
    const first = make({ storage });
    const { id } = await first.createGroup(team, { initialContext: { goal: 'g' } });
    await first.addTask(id, { id: 't-1', description: 'Find sources' });
    for (const text of ['a', 'b']) await first.handleMessage(id, text);
    const before = first.getConversation(id);
    await storage.close();

    const reopened = new FileStorageAdapter(folder);
    await reopened.initialize();
    const second = make({ storage: reopened });
    await expect(second.restoreGroup(id, [writer])).rejects.toBeInstanceOf(ValidationError);
    expect(await second.restoreGroup(id, team)).toEqual(before);
    expect(speakers(await second.handleMessage(id, 'c'))).toEqual(['Reviewer']);
    expect(await second.restoreGroup('nowhere', team)).toBeNull();
    await reopened.close();
    remove();
  });
});

it('counts by the names of the contract', async () => {
  const groups = make();
  const first = await groups.createGroup(team);
  const second = await groups.createGroup([writer, reviewer], { speakerSelection: 'priority' });
  await groups.handleMessage(first.id, 'a');
  await groups.handleMessage(second.id, 'a');
  await groups.endConversation(first.id);
  await groups.addTask(second.id, { id: 't-1', description: 'x' });
  await groups.completeTask(second.id, 't-1', 'failed');
  await groups.endConversation(second.id);
  await groups.createGroup(team);
  const { avgSelectionLatencyMs, ...counts } = groups.getStats();
  expect(counts).toEqual({
    activeConversations: 1,
    totalMessages: 4,
    selectionsByStrategy: { 'round-robin': 1, 'llm-based': 0, priority: 1, manual: 0 },
    avgAgentsPerConversation: 3,
    successfulConversations: 1,
    failedConversations: 1,
    successRate: 0.5,
  });
  expect(avgSelectionLatencyMs).toBeLessThan(100);
});
