import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useProjectId } from '../../lib/use-project.ts';
import type { GraphView } from './graph-view.ts';
import { keepPlaces } from './keep-places.ts';
import type { LayoutRequest, Place, Places } from './lay-out.ts';
import { setPlacesOf, usePlacesState } from './places-state.ts';
import { sizeOf } from './sizes.ts';

function requestOf(view: GraphView): LayoutRequest {
  return {
    nodes: view.nodes.map((node) => ({ id: node.id, ...sizeOf(node.kind) })),
    edges: view.edges.filter((edge) => edge.kind !== 'enters').map(({ from, to }) => ({ from, to })),
  };
}

const NOWHERE: Places = {};

interface Answer {
  readonly id: number;
  readonly places: Places;
}

/**
 * Where each node stands. The layout runs in a worker whenever nodes or dependencies come or go;
 * what has a place keeps it. `move` is the person's own hand, `tidy` lays everything out anew.
 */
export function usePlaces(view: GraphView) {
  const request = useMemo(() => requestOf(view), [view]);
  // The words of a node may change without the graph changing its shape.
  const shape = JSON.stringify(request);
  const project = useProjectId();
  const places = usePlacesState((state) => state.of[project] ?? NOWHERE);
  const [round, setRound] = useState(0);
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  const receive = useEffectEvent((answer: Answer) => {
    if (answer.id !== asked.current) return;
    // What has gone may come back: a replay goes both ways.
    setPlacesOf(project, (old) => ({ ...old, ...keepPlaces(request.nodes, old, answer.places) }));
  });
  const ask = useEffectEvent(() => {
    asked.current += 1;
    worker.current?.postMessage({ id: asked.current, request });
  });
  useEffect(() => {
    const own = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    own.onmessage = ({ data }: MessageEvent<Answer>) => receive(data);
    worker.current = own;
    return () => own.terminate();
  }, []);
  useEffect(() => ask(), [shape, round]);
  const move = useCallback(
    (id: string, place: Place) => setPlacesOf(project, (old) => ({ ...old, [id]: place })),
    [project],
  );
  const tidy = useCallback(() => {
    setPlacesOf(project, () => NOWHERE);
    setRound((count) => count + 1);
  }, [project]);
  return { places, move, tidy };
}
