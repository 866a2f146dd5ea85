import type { Goal, SavePreview, Task, TimelineEntry } from '@thalogos/contracts';
import { QueryClient, type QueryKey } from '@tanstack/react-query';
import type { Trpc } from '../../../lib/live-cache.ts';
import { inOrderOf, type PastGraph, pairsOf } from './graph-at.ts';

/** What the past is told with. */
export interface PastGiven {
  readonly trpc: Trpc;
  readonly live: QueryClient;
  readonly project: string;
  readonly graph: PastGraph;
}

/** A cache in which nothing is asked for again: what it holds is over. */
export function makePastCache(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false } },
  });
}

function previewOf(tasks: readonly Task[], graph: PastGraph): SavePreview {
  const enters = tasks.filter((task) => task.state === 'approved').map((task) => task.id);
  return { enters, waits: [], conflicts: [...graph.conflicts.values()], pairs: pairsOf(graph), checks: [] };
}

/** Puts what the graph showed at an event where its nodes look for it, so that they need not know that it is over. */
export function fillPast(past: QueryClient, { trpc, live, project, graph }: PastGiven): void {
  const key = { project };
  // The keys of tRPC demand its own shapes, in which an absent member may not be undefined.
  const put = (queryKey: QueryKey, data: unknown) => past.setQueryData(queryKey, data);
  const known = live.getQueryData(trpc.tasks.list.queryKey(key))?.tasks ?? [];
  const tasks = inOrderOf(
    graph,
    known.map((task) => task.id),
  );
  const entries = live.getQueryData(trpc.timeline.list.queryKey(key))?.entries ?? [];
  const earlier = entries.filter((entry) => entry.at <= graph.at);
  const head = headOf(graph, earlier);
  const projects = live.getQueryData(trpc.projects.list.queryKey())?.projects ?? [];
  put(trpc.agents.list.queryKey(), live.getQueryData(trpc.agents.list.queryKey()));
  put(trpc.projects.list.queryKey(), {
    projects: projects.map((one) => (one.id === project ? { ...one, head } : one)),
  });
  put(trpc.tasks.list.queryKey(key), { tasks });
  put(trpc.timeline.list.queryKey(key), { entries: earlier });
  put(trpc.saves.preview.queryKey(key), previewOf(tasks, graph));
  put(trpc.conflicts.list.queryKey(key), { conflicts: [] });
  for (const [session, goals] of bySession([...graph.goals.values()]))
    put(trpc.planning.goals.queryKey({ session }), { goals });
}

function headOf({ head }: PastGraph, earlier: readonly TimelineEntry[]): string | null {
  return head ?? earlier.find((entry) => entry.commit !== null)?.commit ?? null;
}

function bySession(goals: readonly Goal[]): Map<string, readonly Goal[]> {
  return Map.groupBy(goals, (goal) => goal.session);
}
