import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { toFilter } from './timeline-filter.ts';
import { useTimelineFilter } from './use-timeline-filter.ts';

/** The timeline as far back as was looked at, narrowed by what stands in the address. */
export function useTimeline(project: string) {
  const trpc = useTRPC();
  const { words } = useTimelineFilter();
  const query = useInfiniteQuery(
    trpc.timeline.page.infiniteQueryOptions(
      { project, filter: toFilter(words) },
      {
        enabled: project !== '',
        getNextPageParam: ({ next }) => next ?? undefined,
        // What is there stays while the next letter of a search is asked for.
        placeholderData: keepPreviousData,
      },
    ),
  );
  const pages = query.data?.pages ?? [];
  return {
    query,
    entries: pages.flatMap(({ entries }) => entries),
    agents: pages[0]?.agents ?? [],
    people: pages[0]?.people ?? [],
    hasOlder: query.hasNextPage,
    isLoadingOlder: query.isFetchingNextPage,
    loadOlder: () => void query.fetchNextPage(),
  };
}
