import type { AgentInfo } from '@thalogos/contracts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on agents. */
export interface AgentCalls {
  list(): Promise<readonly AgentInfo[]>;
}

/** Calls on the agents of this machine. */
export function makeAgentsApi(calls: AgentCalls) {
  return router({
    list: procedure('viewer').query(async () => ({ agents: await calls.list() })),
  });
}
