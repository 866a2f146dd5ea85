import type { Clock } from '../platform/clock.ts';
import type { AgentEvent, AgentEventBody } from './agent-adapter.ts';
import { type EventQueue, makeEventQueue } from './event-queue.ts';

/** The events of the turn that runs: what is told between turns is dropped, and nothing follows the end. */
export interface TurnEvents {
  /** Begins a turn; its events are for one reader. */
  begin(): AsyncIterable<AgentEvent>;
  /** Tells one thing; `raw` is the vendor's own words. */
  tell(body: AgentEventBody, raw?: unknown): void;
  readonly isOpen: () => boolean;
}

/** How the events of a session are told. */
export interface TurnEventsOptions {
  readonly clock: Clock;
  /** The name of the turn that runs now, which some vendors say only after it has begun. */
  readonly turnId: () => string;
  /** Called when a turn has ended. */
  readonly onEnd?: () => void;
}

/** Makes the events of a session's turns, one turn at a time. */
export function makeTurnEvents({ clock, turnId, onEnd }: TurnEventsOptions): TurnEvents {
  let queue: EventQueue<AgentEvent> | null = null;
  return {
    begin() {
      const begun = makeEventQueue<AgentEvent>();
      queue = begun;
      return begun.read();
    },
    tell(body, raw) {
      queue?.push({ at: clock.now(), turnId: turnId(), ...(raw === undefined ? {} : { raw }), ...body });
      if (body.type !== 'turn.end') return;
      queue?.end();
      queue = null;
      onEnd?.();
    },
    isOpen: () => queue !== null,
  };
}
