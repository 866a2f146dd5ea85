import type { Reporter } from '../core/reporter.ts';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import { ValidationError } from '../types/errors.ts';
import type { AgentState } from '../types/session.ts';
import { type AgentStateLimits, trimAgentState } from './trim-agent-state.ts';

const DEFAULT_LIMITS: AgentStateLimits = { messageHistory: 10, maxSizeBytes: 10 * 1024 ** 2 };

/** What a store of agents' states is made of. */
export type AgentStateStoreParts = {
  readonly storage: Pick<StorageAdapter, 'get' | 'set'>;
  readonly reporter: Reporter;
  readonly limits?: AgentStateLimits;
};

/** Keeps what an agent needs to go on after it was lost: its configuration, its context and its last turns. */
export class AgentStateStore {
  readonly #parts: AgentStateStoreParts;
  readonly #limits: AgentStateLimits;

  constructor(parts: AgentStateStoreParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? DEFAULT_LIMITS;
  }

  /** @throws ValidationError when the state is too large and nothing more of it may be left out. */
  async save(agentId: string, state: AgentState): Promise<void> {
    const { storage, reporter } = this.#parts;
    const { maxSizeBytes } = this.#limits;
    const { state: trimmed, sizeBytes, bytesRemoved } = trimAgentState(state, this.#limits);
    if (sizeBytes > maxSizeBytes)
      throw new ValidationError(
        `The state of agent ${agentId} takes ${String(sizeBytes)} bytes and may take ${String(maxSizeBytes)}`,
        ['state'],
      );
    if (sizeBytes + bytesRemoved > maxSizeBytes)
      reporter.log('WARN', 'The state of an agent was trimmed', { agentId, sizeBytes, bytesRemoved });
    await storage.set(keyOf(agentId), trimmed);
  }

  load(agentId: string): Promise<AgentState | null> {
    return this.#parts.storage.get<AgentState>(keyOf(agentId));
  }
}

function keyOf(agentId: string): string {
  return `agent-state:${agentId}`;
}
