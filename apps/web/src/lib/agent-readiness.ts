import type { AgentInfo } from '@thalogos/contracts';
import type { StateLook } from '../ui/task-look.ts';

/** How ready an agent is, in a word with its look. */
export function readiness(agent: AgentInfo): { readonly look: StateLook; readonly word: string } {
  if (!agent.installed) return { look: 'cancelled', word: 'not installed' };
  if (!agent.signedIn) return { look: 'waiting', word: 'not signed in' };
  if (!agent.isOn) return { look: 'cancelled', word: 'switched off' };
  if (agent.limit !== null) return { look: 'waiting', word: 'at its limit' };
  return agent.healthy ? { look: 'ready', word: 'ready' } : { look: 'failed', word: 'not well' };
}

/** Whether work can be given to an agent now. */
export function isReady(agent: AgentInfo): boolean {
  return agent.installed && agent.signedIn && agent.healthy && agent.isOn;
}

/** Ready agents first, then those that lack something, then those that are not there; otherwise as given. */
export function sortAgents(agents: readonly AgentInfo[]): readonly AgentInfo[] {
  const rank = (agent: AgentInfo) => (isReady(agent) ? 0 : agent.installed ? 1 : 2);
  return agents.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether a fix reads like a command that can be copied rather than a sentence. */
export function isCommand(fix: string): boolean {
  return /^[a-z./]/.test(fix) && !/[.!?]$/.test(fix);
}
