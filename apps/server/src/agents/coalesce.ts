import type { Clock } from '../platform/clock.ts';
import type { AgentEvent } from './agent-adapter.ts';

/** Puts the small pieces of a stream together; everything else passes at once and in order. */
export interface Coalescer {
  push(event: AgentEvent): void;
  /** Passes on what is held back. */
  flush(): void;
}

/** Makes a coalescer that holds pieces of the same text or output for at most `windowMs`. */
export function makeCoalescer({
  clock,
  windowMs,
  onEvent,
}: {
  readonly clock: Clock;
  readonly windowMs: number;
  readonly onEvent: (event: AgentEvent) => void;
}): Coalescer {
  let held: AgentEvent | null = null;
  let cancel: () => void = () => undefined;

  function flush(): void {
    cancel();
    cancel = () => undefined;
    const event = held;
    held = null;
    if (event !== null) onEvent(event);
  }

  return {
    push(event) {
      const joined = held === null ? null : join(held, event);
      if (joined !== null) {
        held = joined;
        return;
      }
      flush();
      if (!isPiece(event)) {
        onEvent(event);
        return;
      }
      held = event;
      cancel = clock.after(windowMs, flush);
    },
    flush,
  };
}

function isPiece(event: AgentEvent): boolean {
  return (
    event.type === 'text' || event.type === 'thought' || (event.type === 'tool' && event.phase === 'output')
  );
}

/** Both as one, or null where they are not pieces of the same thing. The vendor's words of the later are given up. */
function join(first: AgentEvent, next: AgentEvent): AgentEvent | null {
  return joinWords(first, next) ?? joinOutput(first, next);
}

function joinWords(first: AgentEvent, next: AgentEvent): AgentEvent | null {
  if (first.type !== 'text' && first.type !== 'thought') return null;
  const isSame = next.type === first.type && next.itemId === first.itemId;
  return isSame ? { ...first, delta: first.delta + next.delta } : null;
}

function joinOutput(first: AgentEvent, next: AgentEvent): AgentEvent | null {
  if (first.type !== 'tool' || next.type !== 'tool' || first.itemId !== next.itemId) return null;
  if (first.phase !== 'output' || next.phase !== 'output') return null;
  return { ...first, output: (first.output ?? '') + (next.output ?? '') };
}
