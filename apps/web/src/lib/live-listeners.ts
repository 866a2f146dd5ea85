import type { ThalogosEvent } from '@thalogos/contracts';

/** Whoever wants to hear of events after the cache has. */
export type LiveListener = (event: ThalogosEvent) => void;

const listeners = new Set<LiveListener>();

/** Hears every event, each once and in order; returns how to stop. For panels that append instead of asking again. */
export function onLiveEvent(listener: LiveListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells everybody who listens. */
export function tellListeners(event: ThalogosEvent): void {
  for (const listener of listeners) listener(event);
}
