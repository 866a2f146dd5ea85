import type { ConversationAgent } from '../types/agent.ts';
import type { GroupConversation } from '../types/group.ts';
import type { Message } from '../types/message.ts';

/** A group with its agents, in the hands of the manager that changes it. */
export class LiveGroup {
  readonly agents: Map<string, ConversationAgent>;
  /** What users have said while nobody could answer. */
  readonly unanswered: Message[] = [];
  /** So many messages are stored. */
  storedMessages = 0;
  #state: GroupConversation;

  constructor(state: GroupConversation, agents: readonly ConversationAgent[]) {
    this.#state = state;
    this.agents = new Map(agents.map((agent) => [agent.name, agent]));
    if (state.state !== 'waiting') return;
    const answered = state.conversationHistory.findLastIndex(({ role }) => role === 'agent');
    this.unanswered.push(...state.conversationHistory.slice(answered + 1));
  }

  get state(): GroupConversation {
    return this.#state;
  }

  change(changes: Partial<GroupConversation>): void {
    this.#state = { ...this.#state, ...changes };
  }

  say(message: Message): void {
    this.change({ conversationHistory: [...this.#state.conversationHistory, message] });
  }

  /** Somebody has the floor; whoever waited for it by name waits no longer. */
  giveFloor(agentId: string): void {
    const { lastSpeakerId, consecutiveSpeakerTurns, speakerQueue } = this.#state;
    const place = speakerQueue.indexOf(agentId);
    this.change({
      lastSpeakerId: agentId,
      consecutiveSpeakerTurns: lastSpeakerId === agentId ? consecutiveSpeakerTurns + 1 : 1,
      speakerQueue: speakerQueue.filter((_, index) => index !== place),
    });
  }
}
