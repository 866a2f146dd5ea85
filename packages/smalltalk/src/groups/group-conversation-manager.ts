import { randomUUID } from 'node:crypto';
import { KeyedMutex } from '../core/keyed-mutex.ts';
import { Reporter } from '../core/reporter.ts';
import { ConversationRouter } from '../orchestration/conversation-router.ts';
import type { ConversationAgent } from '../types/agent.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { NotFoundError, SessionGoneError, StorageError, ValidationError } from '../types/errors.ts';
import type {
  GroupConversation,
  GroupConversationStats,
  SpeakerSelectionResult,
  SpeakerSelectionStrategy,
  WorkflowTask,
} from '../types/group.ts';
import { jsonLogSink } from '../types/log-sink.ts';
import type { Message } from '../types/message.ts';
import { noTracer } from '../types/tracer.ts';
import { noMetrics } from '../types/metric-sink.ts';
import { GroupCounters } from './group-counters.ts';
import type {
  CreateGroupOptions,
  GroupConversationManagerOptions,
  GroupMessage,
  SelectionContext,
  TaskDraft,
} from './group-options.ts';
import { GroupTurns } from './group-turns.ts';
import { GroupStore } from './group-store.ts';
import { LiveGroup } from './live-group.ts';
import { addTask, EMPTY_WORKFLOW, endTask, nextTask, startTask } from './workflow.ts';

const MIN_AGENTS = 2;
const MAX_AGENTS = 10;
const AGENT_TIMEOUT_MS = 120_000;

/**
 * Lets several agents and a user talk with each other: finds the next speaker, calls it, and shows everyone everything.
 *
 * What happens in one group happens one after the other, and groups run beside each other.
 */
export class GroupConversationManager {
  readonly #options: GroupConversationManagerOptions;
  readonly #clock: Clock;
  readonly #reporter: Reporter;
  readonly #turns: GroupTurns;
  readonly #store: GroupStore | undefined;
  readonly #groups = new Map<string, LiveGroup>();
  readonly #mutex = new KeyedMutex();
  readonly #counters = new GroupCounters();

  constructor(options: GroupConversationManagerOptions = {}) {
    const { clock = systemClock, log = jsonLogSink(), metrics = noMetrics, model, storage } = options;
    this.#options = options;
    this.#clock = clock;
    this.#reporter = new Reporter({ component: 'groups', clock, log, metrics, alerts: undefined });
    this.#turns = new GroupTurns({
      router:
        options.router ??
        new ConversationRouter({ clock, log, metrics, ...(model !== undefined && { model }) }),
      vitals: options.vitals,
      clock,
      reporter: this.#reporter,
      counters: this.#counters,
      agentTimeoutMs: options.agentTimeoutMs ?? AGENT_TIMEOUT_MS,
      tracer: options.tracer ?? noTracer,
      tell: this.#tell,
    });
    this.#store = storage === undefined ? undefined : new GroupStore(storage);
  }

  /** @throws ValidationError for fewer than 2 agents, more than 10, or two of one name. */
  async createGroup(
    agents: readonly ConversationAgent[],
    {
      speakerSelection = 'round-robin',
      initialContext = {},
      maxSpeakersPerTurn = 1,
    }: CreateGroupOptions = {},
  ): Promise<GroupConversation> {
    assertMembers(agents.map(({ name }) => name));
    if (!(maxSpeakersPerTurn >= 1))
      throw new ValidationError('At least one agent speaks in a turn', ['maxSpeakersPerTurn']);
    const group = new LiveGroup(
      {
        id: randomUUID(),
        agentIds: agents.map(({ name }) => name),
        conversationHistory: [],
        sharedContext: structuredClone(initialContext),
        speakerSelection,
        priorities: readPriorities(initialContext),
        maxSpeakersPerTurn,
        workflowState: EMPTY_WORKFLOW,
        consecutiveSpeakerTurns: 0,
        speakerQueue: [],
        state: 'active',
        createdAt: this.#clock.now(),
      },
      agents,
    );
    this.#groups.set(group.state.id, group);
    await this.#save(group);
    return group.state;
  }

  /** Takes up a group of an earlier process with its agents; null when it is not stored. */
  async restoreGroup(id: string, agents: readonly ConversationAgent[]): Promise<GroupConversation | null> {
    const stored = await this.#store?.load(id);
    if (stored == null) return null;
    const names = agents.map(({ name }) => name);
    const missing = stored.agentIds.filter((name) => !names.includes(name));
    if (missing.length > 0)
      throw new ValidationError(`Group ${id} needs ${missing.join(', ')} to be restored`, ['agents']);
    const group = new LiveGroup(
      stored,
      agents.filter(({ name }) => stored.agentIds.includes(name)),
    );
    group.storedMessages = stored.conversationHistory.length;
    this.#groups.set(id, group);
    return stored;
  }

  async addAgent(id: string, agent: ConversationAgent): Promise<void> {
    await this.#change(id, (group) => {
      const agentIds = [...group.state.agentIds, agent.name];
      assertMembers(agentIds);
      group.agents.set(agent.name, agent);
      group.change({ agentIds });
    });
  }

  async removeAgent(id: string, agentId: string): Promise<void> {
    await this.#change(id, (group) => {
      if (!group.agents.has(agentId)) throw new NotFoundError('Agent', agentId);
      const agentIds = group.state.agentIds.filter((each) => each !== agentId);
      assertMembers(agentIds);
      group.agents.delete(agentId);
      group.change({ agentIds, speakerQueue: group.state.speakerQueue.filter((each) => each !== agentId) });
    });
  }

  /** What the agents answer; nothing where nobody can: then it is answered as soon as somebody can, see `resume`. */
  handleMessage(id: string, said: GroupMessage): Promise<Message[]> {
    const draft = typeof said === 'string' ? { content: said } : said;
    return this.#change(id, (group) => {
      const message: Message = {
        id: randomUUID(),
        role: 'user',
        timestamp: this.#clock.now(),
        ...draft,
      };
      group.say(message);
      this.#counters.said();
      return this.#turns.answer(group, message);
    });
  }

  /** Answers what was said while nobody could. */
  resume(id: string): Promise<Message[]> {
    return this.#change(id, async (group) => {
      const waiting = group.unanswered.splice(0);
      group.change({ state: 'active' });
      const answers: Message[] = [];
      for (const message of waiting) answers.push(...(await this.#turns.answer(group, message)));
      return answers;
    });
  }

  /** Resumes groups that wait as soon as the bus tells that one of their agents is back; @returns what ends it. */
  followHealth(): () => void {
    const bus = this.#options.bus;
    if (bus === undefined)
      throw new ValidationError('Groups follow the health of agents over a bus', ['bus']);
    return bus.subscribe<{ agentId?: string }>('agent:healthy', 'groups', async ({ agentId = '' }) => {
      const waiting = [...this.#groups.values()].filter(
        ({ state, agents }) => state.state === 'waiting' && agents.has(agentId),
      );
      await Promise.all(waiting.map(({ state }) => this.resume(state.id)));
    });
  }

  /** Lets a group hear of events as it hears of messages, and answer them; @returns what ends it. */
  followEvents(id: string, topic: string, describe: (payload: unknown) => string): () => void {
    const { bus } = this.#options;
    if (bus === undefined) throw new ValidationError('A group hears of events over a bus', ['bus']);
    const { id: known } = this.#find(id).state;
    return bus.subscribe(topic, `group:${known}`, async (payload) => {
      await this.handleMessage(known, describe(payload));
    });
  }

  /** Who would speak next; this alone gives nobody the floor. */
  async selectSpeaker(id: string, context: SelectionContext = {}): Promise<SpeakerSelectionResult> {
    const selection = await this.#turns.select(this.#find(id), context);
    if (selection === undefined) throw new StorageError(`Nobody in group ${id} can speak now`);
    const { agentId, confidence, reasoning, latencyMs } = selection;
    return { agentId, confidence, reasoning, latencyMs };
  }

  /** Gives an agent the floor next, whatever the strategy. */
  setNextSpeaker(id: string, agentId: string): Promise<void> {
    return this.#change(id, (group) => {
      if (!group.agents.has(agentId)) throw new NotFoundError('Agent', agentId);
      group.change({ speakerQueue: [...group.state.speakerQueue, agentId] });
    });
  }

  setSelectionStrategy(id: string, speakerSelection: SpeakerSelectionStrategy): Promise<void> {
    return this.#change(id, (group) => {
      group.change({ speakerSelection });
    });
  }

  getConversation(id: string): GroupConversation | null {
    return this.#groups.get(id)?.state ?? null;
  }

  /** Merges field by field; `priorities` in it become the speakers' priorities. */
  updateSharedContext(id: string, update: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#change(id, (group) => {
      const sharedContext = { ...group.state.sharedContext, ...structuredClone(update) };
      group.change({ sharedContext, priorities: readPriorities(sharedContext) });
    });
  }

  addTask(id: string, { description, assignedAgentId, ...draft }: TaskDraft): Promise<WorkflowTask> {
    return this.#change(id, (group) => {
      if (assignedAgentId !== undefined && !group.agents.has(assignedAgentId))
        throw new NotFoundError('Agent', assignedAgentId);
      const task: WorkflowTask = {
        id: draft.id ?? randomUUID(),
        description,
        status: 'pending',
        createdAt: this.#clock.now(),
        dependencies: draft.dependencies ?? [],
        ...(assignedAgentId !== undefined && { assignedAgentId }),
      };
      group.change({ workflowState: addTask(group.state.workflowState, task) });
      return task;
    });
  }

  /** Ends a task from outside; the next one's agent gets the floor. */
  completeTask(id: string, taskId: string, status: 'completed' | 'failed' = 'completed'): Promise<void> {
    return this.#change(id, (group) => {
      this.#endTask(group, taskId, status);
      const next = nextTask(group.state.workflowState)?.assignedAgentId;
      if (next !== undefined) group.change({ speakerQueue: [...group.state.speakerQueue, next] });
    });
  }

  /** Lets the agents do every task that can be done, each with all that was said before; gives what they said. */
  runWorkflow(id: string): Promise<Message[]> {
    return this.#change(id, async (group) => {
      const said: Message[] = [];
      for (;;) {
        const task = nextTask(group.state.workflowState);
        if (task === undefined) return said;
        group.change({ workflowState: startTask(group.state.workflowState, task.id) });
        const { assignedAgentId } = task;
        if (assignedAgentId !== undefined)
          group.change({ speakerQueue: [assignedAgentId, ...group.state.speakerQueue] });
        const reply = await this.#turns.work(group, task.description);
        this.#endTask(group, task.id, reply === undefined ? 'failed' : 'completed');
        if (reply !== undefined) said.push(reply);
      }
    });
  }

  /** Ends a group; repeatable. It has failed if a task has, or nobody ever answered. */
  async endConversation(id: string): Promise<void> {
    if (this.#find(id).state.state === 'ended') return;
    await this.#change(id, (group) => {
      const { conversationHistory, workflowState } = group.state;
      const isSuccess =
        conversationHistory.some(({ role }) => role === 'agent') &&
        workflowState.tasks.every(({ status }) => status !== 'failed');
      this.#counters.ended({ isSuccess });
      group.change({ state: 'ended' });
      this.#tell('group:ended', id, { isSuccess });
    });
  }

  getStats(): GroupConversationStats {
    return this.#counters.stats([...this.#groups.values()].map(({ state }) => state));
  }

  #endTask(group: LiveGroup, taskId: string, status: 'completed' | 'failed'): void {
    const ending = { taskId, status, at: this.#clock.now() };
    group.change({ workflowState: endTask(group.state.workflowState, ending) });
    this.#tell(`group:task-${status}`, group.state.id, { taskId });
  }

  /** Changes a group in its turn, and stores it before anyone hears of the result. */
  #change<T>(id: string, work: (group: LiveGroup) => T | Promise<T>): Promise<T> {
    return this.#mutex.run(id, async () => {
      const group = this.#find(id);
      if (group.state.state === 'ended') throw new SessionGoneError(id, 'closed');
      try {
        return await work(group);
      } finally {
        await this.#save(group);
      }
    });
  }

  async #save(group: LiveGroup): Promise<void> {
    const { state } = group;
    await this.#store?.save(state, group.storedMessages);
    group.storedMessages = state.conversationHistory.length;
  }

  #find(id: string): LiveGroup {
    const group = this.#groups.get(id);
    if (group === undefined) throw new NotFoundError('Group', id);
    return group;
  }

  readonly #tell = (topic: string, groupId: string, payload: object): void => {
    this.#options.bus
      ?.publish(topic, { groupId, ...payload }, { conversationId: groupId })
      .catch((error: unknown) => {
        this.#reporter.error('An event of a group could not be published', error, { topic, groupId });
      });
  };
}

function assertMembers(names: readonly string[]): void {
  const isUnique = new Set(names).size === names.length;
  if (names.length >= MIN_AGENTS && names.length <= MAX_AGENTS && isUnique) return;
  throw new ValidationError(
    `A group has ${String(MIN_AGENTS)} to ${String(MAX_AGENTS)} different agents, not ${names.join(', ')}`,
    ['agents'],
  );
}

function readPriorities(context: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  const given = context['priorities'];
  if (typeof given !== 'object' || given === null) return {};
  const entries: [string, unknown][] = Object.entries(given);
  return Object.fromEntries(
    entries.flatMap(([name, priority]) => (typeof priority === 'number' ? [[name, priority]] : [])),
  );
}
