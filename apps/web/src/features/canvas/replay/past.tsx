import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { usePast } from '../../../lib/past-state.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { useProjectId } from '../../../lib/use-project.ts';
import type { PastGraph } from './graph-at.ts';
import { fillPast, makePastCache } from './past-cache.ts';

/** Shows what is in it as it was at one event, and lets nobody act meanwhile. */
export function Past({ graph, children }: { readonly graph: PastGraph; readonly children: ReactNode }) {
  const trpc = useTRPC();
  const live = useQueryClient();
  const project = useProjectId();
  const given = { trpc, live, project, graph };
  const [past] = useState(() => {
    const cache = makePastCache();
    fillPast(cache, given);
    return cache;
  });
  useLayoutEffect(() => {
    fillPast(past, { trpc, live, project, graph });
    const { seq, at, tasks } = graph;
    usePast.setState({ moment: { seq, at, tasks } });
  }, [past, trpc, live, project, graph]);
  useLayoutEffect(() => () => usePast.setState({ moment: null }), []);
  return <QueryClientProvider client={past}>{children}</QueryClientProvider>;
}
