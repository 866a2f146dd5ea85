import '../../src/ui/tokens.css';
import '../../src/ui/base.css';
import '../../src/features/tasks/tasks.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { TranscriptPanel } from '../../src/features/tasks/transcript-panel.tsx';
import { makeApiClient, TRPCProvider } from '../../src/lib/trpc.ts';
import { TipProvider } from '../../src/ui/tooltip.tsx';
import { beginMeasuring, type TranscriptPage } from './measure.ts';
import { Peer } from './peer.tsx';

declare global {
  interface Window {
    transcriptPage?: TranscriptPage;
  }
}

const asked = new URLSearchParams(location.search);
const task = asked.get('task') ?? '';
const side = asked.get('side');

function Page() {
  return side === 'ours' ? (
    <TranscriptPanel task={task} runs={[]} isPage={false} />
  ) : (
    <Peer task={task} isDrawn={side === 'drawn'} />
  );
}

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false } },
});
const router = createRouter({
  routeTree: createRootRoute({ component: Page }),
  history: createMemoryHistory(),
});

window.transcriptPage = beginMeasuring();
createRoot(document.getElementById('root') ?? document.body).render(
  <QueryClientProvider client={client}>
    <TRPCProvider queryClient={client} trpcClient={makeApiClient()}>
      <TipProvider>
        {/* A router of the page's own: the one of the console would bring all of it. */}
        <RouterProvider router={router as never} />
      </TipProvider>
    </TRPCProvider>
  </QueryClientProvider>,
);
