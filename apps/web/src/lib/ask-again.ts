import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Milliseconds in which events gather, so that a burst asks once. */
const GATHER_MS = 120;

/**
 * Makes what asks again for queries that an event has made old.
 *
 * An answer that was on its way when the event came may be older than it, so it is waited for and asked once
 * more. Left to itself, react-query drops that second call for a query without data and gives up the first one
 * for a query with data: the one shows a Save as running for ever, the other shows nothing new under a steady
 * stream of events.
 */
export function makeAskAgain(client: QueryClient): (queryKey: QueryKey) => void {
  const pending = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const flush = () => {
    timer = null;
    const keys = [...pending.values()];
    pending.clear();
    for (const queryKey of keys) {
      for (const query of client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' })) {
        const again = () => askAgain(query.queryKey);
        void query.promise?.then(again, again);
      }
      void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
    }
  };
  const askAgain = (queryKey: QueryKey) => {
    pending.set(JSON.stringify(queryKey), queryKey);
    timer ??= setTimeout(flush, GATHER_MS);
  };
  return askAgain;
}
