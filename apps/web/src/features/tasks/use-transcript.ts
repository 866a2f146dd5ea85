import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { toastError } from '../../ui/toast.tsx';
import { mergeBlocks, PAGE, tailCursor, type Transcript } from './transcript-pages.ts';

/**
 * A task's transcript: the newest page at first, then only what follows each time the log says that it grew,
 * and older pages on demand.
 */
export function useTranscript(task: string) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  // The key of the plain call, so that the live cache's invalidation finds it.
  const queryKey = [...trpc.tasks.transcript.queryKey({ task }), 'pages'];
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Transcript> => {
      const known = client.getQueryData<Transcript>(queryKey);
      if (known === undefined || known.blocks.length === 0) {
        const page = await api.tasks.transcript.query({ task, before: Number.MAX_SAFE_INTEGER, limit: PAGE });
        return { blocks: page.blocks, hasOlder: page.more };
      }
      let { blocks } = known;
      for (
        let after = tailCursor(blocks), more = true;
        more && !signal.aborted;
        after = blocks.at(-1)?.seq ?? after
      ) {
        const page = await api.tasks.transcript.query({ task, after, limit: PAGE });
        blocks = mergeBlocks(blocks, page.blocks);
        more = page.more;
      }
      return { blocks, hasOlder: client.getQueryData<Transcript>(queryKey)?.hasOlder ?? known.hasOlder };
    },
  });

  const loadOlder = async () => {
    const first = query.data?.blocks[0];
    if (first === undefined || query.data?.hasOlder !== true || isLoadingOlder) return;
    setLoadingOlder(true);
    try {
      const page = await api.tasks.transcript.query({ task, before: first.seq, limit: PAGE });
      client.setQueryData<Transcript>(queryKey, (known) =>
        known === undefined ? known : { blocks: mergeBlocks(known.blocks, page.blocks), hasOlder: page.more },
      );
    } catch (error) {
      toastError('Older lines of the transcript did not come.', error);
    } finally {
      setLoadingOlder(false);
    }
  };
  return { query, isLoadingOlder, loadOlder };
}
