import type { AgentCapabilities, AgentReply, ConversationAgent, FlowContext } from './types/agent.ts';
import type { AgentState } from './types/session.ts';

/** What an agent made for tests is good at: nothing, unless told otherwise. */
export function makeCapabilities(capabilities: Partial<AgentCapabilities> = {}): AgentCapabilities {
  return {
    expertise: [],
    tools: [],
    personalityTraits: [],
    taskTypes: [],
    complexity: 'intermediate',
    contextAwareness: 0.5,
    collaborationStyle: 'collaborative',
    ...capabilities,
  };
}

/** An agent that answers by a script, and whose life is in the hands of a test. */
export class ScriptedAgent implements ConversationAgent {
  readonly name: string;
  readonly capabilities: AgentCapabilities;
  /** What it was asked, with what surrounded it. */
  readonly asked: { message: string; context: FlowContext }[] = [];
  life: 'alive' | 'silent' | 'dead' | 'zombie' = 'alive';
  pings = 0;
  probes = 0;
  restarts = 0;
  canRestart = true;
  state: AgentState = { config: {}, context: {}, messageHistory: [] };
  restored: AgentState[] = [];
  answer: (message: string, context: FlowContext) => string | Promise<string> = (message) =>
    `${this.name}: ${message}`;

  constructor(name: string, capabilities: Partial<AgentCapabilities> = {}) {
    this.name = name;
    this.capabilities = makeCapabilities(capabilities);
  }

  async generateResponse(message: string, context: FlowContext = {}): Promise<AgentReply> {
    this.asked.push({ message, context });
    const content = await this.answer(message, context);
    return { agentName: this.name, content, toolOutcomes: [], metadata: { responseTimeMs: 0 } };
  }

  ping(): Promise<boolean> {
    this.pings += 1;
    if (this.life === 'dead') return Promise.reject(new Error('connection closed'));
    return this.life === 'silent' ? new Promise(() => undefined) : Promise.resolve(true);
  }

  probe(): Promise<boolean> {
    this.probes += 1;
    return this.life === 'alive' ? Promise.resolve(true) : new Promise(() => undefined);
  }

  restart(): Promise<void> {
    this.restarts += 1;
    if (!this.canRestart) return Promise.reject(new Error('no such program'));
    this.life = 'alive';
    return Promise.resolve();
  }

  captureState(): AgentState {
    return this.state;
  }

  restoreState(state: AgentState): void {
    this.restored.push(state);
  }
}
