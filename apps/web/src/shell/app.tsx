import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { type AuthOutcome, isUnauthorised } from '../lib/auth.ts';
import { makeAskAgain } from '../lib/ask-again.ts';
import { makeLiveCache } from '../lib/live-cache.ts';
import { startLiveLater } from '../lib/start-live-later.ts';
import { makeApiClient, TRPCProvider, useTRPC, useTRPCClient } from '../lib/trpc.ts';
import { chooseProject } from '../lib/use-project.ts';
import { Skeleton } from '../ui/panel-states.tsx';
import { Toasts } from '../ui/toast.tsx';
import { TipProvider } from '../ui/tooltip.tsx';
import { AuthPage } from './auth-page.tsx';
import { router } from './routes.tsx';
import { UnreachablePage } from './unreachable-page.tsx';
import { useHeartbeat } from './use-server-info.ts';

const TIP_DELAY_MS = 500;

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Events keep what is cached in step, so nothing is asked again just because time passed.
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (count, error) => !isUnauthorised(error) && count < 2,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

function useLiveLink(seq: number | undefined): void {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const isKnown = seq !== undefined;
  const begin = useEffectEvent(() =>
    startLiveLater(seq ?? 0, {
      apply: makeLiveCache(client, trpc),
      resync: () => makeAskAgain(client)([]),
      newest: async () => (await api.ops.info.query()).seq,
    }),
  );
  useEffect(() => (isKnown ? begin() : undefined), [isKnown]);
}

/** A fresh link leads to the project that the server was opened on, whatever this browser showed last. */
function useOpenedProject(outcome: AuthOutcome, opened: string | null): void {
  useEffect(() => {
    if (outcome === 'exchanged' && opened !== null) chooseProject(opened);
  }, [outcome, opened]);
}

/** Nothing is drawn before the server has answered once: who it is, and up to which event its answers reach. */
function Guard({ outcome }: { readonly outcome: AuthOutcome }) {
  const query = useHeartbeat();
  const info = query.data;
  useLiveLink(info?.seq);
  useOpenedProject(outcome, info?.opened ?? null);
  if (info !== undefined) return <RouterProvider router={router} />;
  if (isUnauthorised(query.error)) return <AuthPage outcome={outcome} />;
  if (query.error !== null)
    return <UnreachablePage error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <main>
      <h1 className="sr">Thalogos</h1>
      <Skeleton widths={[30, 60, 45, 70]} label="Thalogos is starting" />
    </main>
  );
}

/** The console: providers, the guard, the routes. */
export function App({ outcome }: { readonly outcome: AuthOutcome }) {
  const [queryClient] = useState(makeQueryClient);
  const [api] = useState(makeApiClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={api} queryClient={queryClient}>
        <TipProvider delay={TIP_DELAY_MS}>
          <Guard outcome={outcome} />
          <Toasts />
        </TipProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
