import { useQuery } from '@tanstack/react-query';
import { useLive } from '../lib/live-state.ts';
import { useTRPC, useTRPCClient } from '../lib/trpc.ts';

const HEARTBEAT_MS = 15_000;
const SECOND_BEAT_MS = 2_500;

/**
 * Asks who the server is, and again every 15 s; the time the answer takes is the latency that is shown.
 * The first answer is not timed: the page is still being put together then. Stands once, in the guard.
 */
export function useHeartbeat() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return useQuery({
    ...trpc.ops.info.queryOptions(),
    queryFn: async () => {
      const asked = performance.now();
      const info = await client.ops.info.query();
      const took = Math.round(performance.now() - asked);
      useLive.setState(({ pageBuild }) => ({
        latencyMs: pageBuild === null ? null : took,
        pageBuild: pageBuild ?? info.build,
      }));
      return info;
    },
    refetchInterval: ({ state }) => (state.dataUpdateCount < 2 ? SECOND_BEAT_MS : HEARTBEAT_MS),
  });
}

/** Who the server is, as last heard, and whether it is of another build than this page. */
export function useServerInfo() {
  const trpc = useTRPC();
  const info = useQuery(trpc.ops.info.queryOptions()).data;
  const pageBuild = useLive((state) => state.pageBuild);
  return { info, isUpdated: info !== undefined && pageBuild !== null && info.build !== pageBuild };
}
