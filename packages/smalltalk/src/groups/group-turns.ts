import { randomUUID } from 'node:crypto';
import type { Reporter } from '../core/reporter.ts';
import { withinTime } from '../core/within-time.ts';
import { findAddress } from '../orchestration/find-address.ts';
import type { ConversationAgent } from '../types/agent.ts';
import type { AgentVitals } from '../types/agent-health.ts';
import type { AgentRouter } from '../types/agent-router.ts';
import type { Clock } from '../types/clock.ts';
import type { Message } from '../types/message.ts';
import type { SpanAttributes, Tracer } from '../types/tracer.ts';
import { traceWork } from '../utils/trace-work.ts';
import type { GroupCounters } from './group-counters.ts';
import type { SelectionContext } from './group-options.ts';
import type { LiveGroup } from './live-group.ts';
import { type Selection, selectNextSpeaker } from './speaker-selector.ts';

/** What speaking in a group needs. */
export type GroupTurnsParts = {
  readonly router: AgentRouter;
  readonly vitals: AgentVitals | undefined;
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly counters: GroupCounters;
  readonly agentTimeoutMs: number;
  readonly tracer: Tracer;
  readonly tell: (topic: string, groupId: string, payload: object) => void;
};

/** What is to be answered, and by whom not. */
type Turn = {
  readonly content: string;
  /** The message in the history that is answered, where there is one. */
  readonly messageId?: string;
  readonly isCritical: boolean;
  /** Those who have spoken to it; they speak again only where nobody else can. */
  readonly spoken: Set<string>;
};

/** Finds who speaks, calls them, and lets another one speak where that fails. */
export class GroupTurns {
  readonly #parts: GroupTurnsParts;

  constructor(parts: GroupTurnsParts) {
    this.#parts = parts;
  }

  /** What the agents answer to a user; where nobody can, the message waits. */
  async answer(group: LiveGroup, message: Message): Promise<Message[]> {
    const { content, id: messageId, metadata } = message;
    const turn: Turn = {
      content,
      messageId,
      isCritical: metadata?.['priority'] === 'critical',
      spoken: new Set(),
    };
    const answers: Message[] = [];
    while (answers.length < group.state.maxSpeakersPerTurn) {
      const reply = await this.#nextReply(group, turn);
      if (reply === undefined) break;
      answers.push(reply);
    }
    if (answers.length === 0) this.#wait(group, message);
    return answers;
  }

  /** What the next speaker says to a task; undefined where nobody can speak. */
  work(group: LiveGroup, content: string): Promise<Message | undefined> {
    return this.#nextReply(group, { content, isCritical: false, spoken: new Set() });
  }

  /** Who would speak next among those who can. */
  async select(
    group: LiveGroup,
    context: SelectionContext,
    available: readonly ConversationAgent[] = this.#available(group),
  ): Promise<Selection | undefined> {
    const { availableAgents } = context;
    const present =
      availableAgents === undefined
        ? available
        : available.filter(({ name }) => availableAgents.includes(name));
    const selection = await selectNextSpeaker(this.#parts.router, {
      group: group.state,
      available: present,
      context,
    });
    if (selection !== undefined) this.#parts.counters.selected(selection.by, selection.latencyMs);
    return selection;
  }

  async #nextReply(group: LiveGroup, turn: Turn): Promise<Message | undefined> {
    const failed = new Set<string>();
    for (;;) {
      const willing = this.#available(group).filter(({ name }) => !failed.has(name));
      const fresh = willing.filter(({ name }) => !turn.spoken.has(name));
      const context = { userMessage: turn.content, isCritical: turn.isCritical };
      const selection = await this.select(group, context, fresh.length > 0 ? fresh : willing);
      const agent = group.agents.get(selection?.agentId ?? '');
      if (selection === undefined || agent === undefined) return undefined;
      group.giveFloor(agent.name);
      const reply = await this.#speak(group, agent, turn);
      if (reply !== undefined) return this.#take(group, reply, { selection, turn });
      failed.add(agent.name);
    }
  }

  async #speak(group: LiveGroup, agent: ConversationAgent, turn: Turn): Promise<string | undefined> {
    const { vitals, clock, reporter, agentTimeoutMs, tracer } = this.#parts;
    const { conversationHistory, sharedContext, id } = group.state;
    const context = {
      conversationId: id,
      history: conversationHistory.filter((message) => message.id !== turn.messageId),
      sharedContext: structuredClone(sharedContext),
    };
    vitals?.recordActivity(agent.name, 'request_started');
    try {
      const reply = await withinTime(
        (signal) =>
          traceWork(
            { tracer, name: `invoke_agent ${agent.name}`, attributes: toAttributes(agent.name, id) },
            () => agent.generateResponse(turn.content, { ...context, signal }),
          ),
        { ms: agentTimeoutMs, clock, what: `The answer of ${agent.name}` },
      );
      return reply.content;
    } catch (error) {
      reporter.error('An agent could not speak in its group', error, { agentId: agent.name, groupId: id });
      return undefined;
    } finally {
      vitals?.recordActivity(agent.name, 'request_ended');
    }
  }

  #take(
    group: LiveGroup,
    content: string,
    { selection, turn }: { selection: Selection; turn: Turn },
  ): Message {
    const { agentId, confidence, reasoning, by } = selection;
    const message: Message = {
      id: randomUUID(),
      role: 'agent',
      agentName: agentId,
      content,
      timestamp: this.#parts.clock.now(),
      metadata: { selectedBy: by, confidence, reasoning },
    };
    group.say(message);
    turn.spoken.add(agentId);
    this.#parts.counters.said();
    const others = [...group.agents.values()].filter(({ name }) => name !== agentId);
    const addressed = findAddress(content, others)?.name;
    if (addressed !== undefined && turn.spoken.size < group.state.maxSpeakersPerTurn)
      group.change({ speakerQueue: [...group.state.speakerQueue, addressed] });
    this.#parts.tell('group:message', group.state.id, { agentId, messageId: message.id, by });
    return message;
  }

  #wait(group: LiveGroup, message: Message): void {
    group.unanswered.push(message);
    group.change({ state: 'waiting' });
    this.#parts.tell('group:waiting', group.state.id, { messageId: message.id });
  }

  #available(group: LiveGroup): readonly ConversationAgent[] {
    const { vitals } = this.#parts;
    return [...group.agents.values()].filter(({ name }) => vitals?.isAvailable(name) !== false);
  }
}

function toAttributes(agentName: string, groupId: string): SpanAttributes {
  return {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': agentName,
    'gen_ai.conversation.id': groupId,
  };
}
