import { useEffect, useState } from 'react';
import { onLiveEvent } from '../../lib/live-listeners.ts';
import { usePastTime } from '../../lib/past-state.ts';
import type { GraphEdge } from './graph-view.ts';
import { pulsedEdges } from './pulsed-edges.ts';

const PULSE_MS = 700;
const NONE: ReadonlySet<string> = new Set();

/** Which lines an event travels at this moment; each once, then still. */
export function usePulses(edges: readonly GraphEdge[]): ReadonlySet<string> {
  const [pulsing, setPulsing] = useState(NONE);
  // What happens now does not travel what is over.
  const isPast = usePastTime() !== null;
  useEffect(() => {
    if (isPast) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = onLiveEvent((event) => {
      const hit = pulsedEdges(edges, event);
      if (hit.length === 0) return;
      if (timer !== null) clearTimeout(timer);
      setPulsing(new Set(hit));
      timer = setTimeout(() => setPulsing(NONE), PULSE_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [edges, isPast]);
  return pulsing;
}
