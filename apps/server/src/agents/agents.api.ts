import { type AgentInfo, SwitchInput } from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on agents. */
export interface AgentCalls {
  list(): Promise<readonly AgentInfo[]>;
  /** Gives an agent work from now on, or none. */
  switch(input: z.infer<typeof SwitchInput>, actor: Actor): Promise<readonly AgentInfo[]>;
}

/** Calls on the agents of this machine. */
export function makeAgentsApi(calls: AgentCalls) {
  return router({
    list: procedure('viewer').query(async () => ({ agents: await calls.list() })),
    switch: procedure('operator')
      .input(SwitchInput)
      .mutation(async ({ input, ctx }) => ({ agents: await calls.switch(input, ctx.actor) })),
  });
}
