import type { Task, ThalogosEvent } from '@thalogos/contracts';
import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import '../../src/features/canvas/canvas.css';
import { GraphPanel } from '../../src/features/canvas/graph-panel.tsx';
import { useLive } from '../../src/lib/live-state.ts';
import { makeLiveCache, type Trpc } from '../../src/lib/live-cache.ts';
import { makeApiClient, TRPCProvider, useTRPC } from '../../src/lib/trpc.ts';
import { TipProvider } from '../../src/ui/tooltip.tsx';
import { makeSample } from '../sample-data.ts';

type Apply = (event: ThalogosEvent) => void;

function fill(client: QueryClient, trpc: Trpc, tasks: readonly Task[]): void {
  const { project, goal, agents, session } = makeSample(Date.now());
  const key = { project: project.id };
  const put = (queryKey: readonly unknown[], data: unknown) => client.setQueryData(queryKey, data);
  put(trpc.projects.list.queryKey(), { projects: [project] });
  put(trpc.tasks.list.queryKey(key), { tasks });
  put(trpc.planning.goals.queryKey({ session: session.id }), { goals: [goal] });
  put(trpc.agents.list.queryKey(), { agents });
  put(trpc.timeline.list.queryKey(key), { entries: [] });
  put(trpc.conflicts.list.queryKey(key), { conflicts: [] });
  put(trpc.saves.preview.queryKey(key), { enters: [], waits: [], conflicts: [], pairs: [], checks: [] });
}

function Inside({ tasks, onReady }: Given) {
  const trpc = useTRPC();
  const client = useQueryClient();
  if (client.getQueryData(trpc.projects.list.queryKey()) === undefined) {
    fill(client, trpc, tasks);
    onReady(makeLiveCache(client, trpc));
  }
  return (
    <section className="canvas">
      <GraphPanel />
    </section>
  );
}

const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false },
  },
});

interface Given {
  readonly tasks: readonly Task[];
  onReady(apply: Apply): void;
}

function makeRouter(given: Given) {
  const routeTree = createRootRoute({ component: () => <Inside {...given} /> });
  return createRouter({ routeTree, history: createMemoryHistory() });
}

/** The real graph of the console on a cache that real events patch. */
export function Ours(given: Given) {
  const [router] = useState(() => makeRouter(given));
  return (
    <QueryClientProvider client={client}>
      <TRPCProvider trpcClient={makeApiClient()} queryClient={client}>
        <TipProvider delay={500}>
          <RouterProvider router={router} />
        </TipProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}

let seq = 0;

/** What an agent's next line is, as the stream would bring it. */
export function saidBy(task: Task, project: string, line: string): ThalogosEvent {
  seq += 1;
  useLive.setState({ seq });
  const about = { project, session: task.session, task: task.id, by: task.agent };
  const data = { run: task.run ?? '', upto: seq, lastLine: line, plan: [], cost: { tokens: seq, usd: null } };
  return { ...about, seq, at: Date.now(), type: 'transcript.extended', data };
}
