import type { EventBus } from '../events/event-bus.ts';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { AgentRouter } from '../types/agent-router.ts';
import type { AgentServices } from '../types/agent-services.ts';
import type { Tracer } from '../types/tracer.ts';
import type { Vitals } from './judge-health.ts';
import type { Reporter } from './reporter.ts';
import type { SessionManager } from './session-manager.ts';

/** What a host of agents is made of: ports alone, every one of them injected. */
export type AgentHostParts = {
  readonly storage: StorageAdapter;
  readonly sessions: SessionManager;
  readonly events: EventBus;
  readonly router: AgentRouter;
  readonly services: AgentServices;
  readonly reporter: Reporter;
  readonly tracer: Tracer;
  /** Whole answers must be there within so many milliseconds. */
  readonly agentTimeoutMs: number;
  /** What becomes of a message when its agent fails: an apology that is marked as one, or an error. */
  readonly onFailure: 'degrade' | 'throw';
  /** How long `stop` waits for answers under way, in milliseconds. */
  readonly stopTimeoutMs: number;
  /** Hears when an agent begins and ends to work on a message; a health monitor takes it for a sign of life. */
  readonly onActivity?: (agentName: string, activity: 'asked' | 'spoke' | 'answered' | 'failed') => void;
  /** Whether an agent may be asked now; one that may not is passed over. */
  readonly isAvailable?: (agentName: string) => boolean;
  /** What is known of the agents and of the room for sessions. */
  readonly vitals: () => Vitals;
};
