import type { AppRouter } from '@thalogos/server/router';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';

/** The header without which the server refuses a call: a foreign page can't set it. */
export const CALL_HEADER = { 'x-thalogos': '1' } as const;

/** Builds the one client; calls of the same moment travel together, at most 20 at a time. */
export function makeApiClient() {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: '/trpc', maxItems: 20, headers: CALL_HEADER })],
  });
}

/** `useTRPC()` gives query and mutation options for react-query: `useQuery(trpc.tasks.list.queryOptions({ project }))`. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
