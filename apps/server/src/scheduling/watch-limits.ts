import type { AgentEvent } from '../agents/agent-adapter.ts';
import type { Supervisor } from '../agents/run-request.ts';
import type { About, AccountLimits } from './account-limits.ts';
import { knownAgent } from './profiles.ts';

/**
 * A supervisor whose runs tell what their vendors refuse: no adapter and no task has to know of limits.
 *
 * The end of a turn is told before the run is, so whoever queues the task again finds the limit kept.
 */
export function watchLimits(
  supervisor: Supervisor,
  limits: AccountLimits,
  aboutRun: (run: string) => About | null,
): Supervisor {
  return {
    ...supervisor,
    startRun(request) {
      const { account } = knownAgent(request.adapter.id);
      const about = aboutRun(request.run);
      if (account === null || about === null) return supervisor.startRun(request);
      const onEvent = (event: AgentEvent) => {
        note(limits, { account, about }, event);
        request.onEvent(event);
      };
      return supervisor.startRun({ ...request, onEvent });
    },
  };
}

function note(
  limits: AccountLimits,
  { account, about }: { readonly account: string; readonly about: About },
  event: AgentEvent,
): void {
  if (event.type !== 'turn.end' && event.type !== 'retrying') return;
  const isEnd = event.type === 'turn.end';
  if (isEnd && event.outcome === 'completed') limits.served(account, about);
  if (event.error?.class !== 'rate-limit') return;
  const { message, retryAfterMs } = event.error;
  limits.refused(account, { message, retryAfterMs, isEnd }, about);
}
