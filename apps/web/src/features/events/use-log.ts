import type { EventPage, ThalogosEvent } from '@thalogos/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { onLiveEvent } from '../../lib/live-listeners.ts';
import { useTRPCClient } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { type EventFilter, isShown, joinNewest, typesOf } from './event-view.ts';

const PAGE = 200;
const NONE: readonly ThalogosEvent[] = [];

/** What has come since the list was opened; it is held back until the person wants to see it. */
function useNews(project: string, filter: EventFilter, isOn: boolean) {
  const [news, setNews] = useState(NONE);
  useEffect(() => {
    if (!isOn) return;
    return onLiveEvent((event) => {
      if (isShown(event, project, filter)) setNews((known) => [...known, event]);
    });
  }, [project, filter, isOn]);
  return news;
}

/**
 * The log, newest first, read page by page backwards. `upTo` begins it at an event instead of now.
 * New events come in while it `follows`; else they wait (`waiting` counts them) until `show` is called, so that
 * nothing moves under whoever reads.
 */
export function useLog(filter: EventFilter, upTo: number | null, follows: boolean) {
  const client = useTRPCClient();
  const project = useProjectId();
  const [shown, setShown] = useState(0);
  const news = useNews(project, filter, upTo === null);
  const count = follows ? news.length : shown;
  const query = useInfiniteQuery({
    queryKey: ['log', project, filter, upTo],
    enabled: project !== '',
    initialPageParam: upTo === null ? null : upTo + 1,
    queryFn: ({ pageParam, signal }): Promise<EventPage> =>
      client.events.list.query(
        {
          project,
          limit: PAGE,
          ...(pageParam === null ? {} : { before: pageParam }),
          ...(filter.session === null ? {} : { session: filter.session }),
          ...(filter.task === null ? {} : { task: filter.task }),
          ...(filter.kind === null ? {} : { types: typesOf(filter.kind) }),
          ...(filter.text === null ? {} : { text: filter.text }),
        },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
    // The list is read anew whenever it is opened; from then on the stream adds to it.
    gcTime: 0,
  });
  const read = useMemo(() => query.data?.pages.flatMap((page) => page.events), [query.data]);
  const events = useMemo(
    () => (read === undefined ? undefined : joinNewest(news.slice(0, count), read)),
    [read, news, count],
  );
  const show = useCallback(() => setShown(news.length), [news]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  // A page in which little was found says nothing of what is older.
  const isShort = read !== undefined && read.length < PAGE && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage, query.data]);
  return {
    query: { data: events, error: query.error, refetch: query.refetch },
    more: () => (hasNextPage && !isFetchingNextPage ? void fetchNextPage() : undefined),
    isMore: hasNextPage,
    isReading: isFetchingNextPage,
    waiting: news.length - count,
    show,
  };
}
