import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import {
  isSettled,
  mergeBlocks,
  type Page,
  pageCursor,
  pageOf,
  spanOf,
  wantedPages,
} from './transcript-pages.ts';

/** The pages of a transcript that are at hand. */
export interface HeldPages {
  readonly pages: ReadonlyMap<number, Page>;
  readonly error: unknown;
}

/** How many blocks a task's transcript has; told anew each time the log says that it grew. */
export function useTranscriptTotal(task: string) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  return useQuery({
    // The key of the plain call, so that the live cache's invalidation finds it.
    queryKey: [...trpc.tasks.transcript.queryKey({ task }), 'total'],
    queryFn: async ({ signal }) => {
      const nothing = { task, after: Number.MAX_SAFE_INTEGER, limit: 1, brief: true };
      return (await api.tasks.transcript.query(nothing, { signal })).total;
    },
  });
}

function together(
  results: readonly { readonly data: Page | undefined; readonly error: unknown }[],
): HeldPages {
  const pages = results.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const numbered = pages.flatMap((page): [number, Page][] => {
    const first = page.blocks[0];
    return first === undefined ? [] : [[pageOf(first.seq), page]];
  });
  return { pages: new Map(numbered), error: results.find(({ error }) => error !== null)?.error ?? null };
}

/** The pages round what is in view. One that goes out of it is let go, and asked for again when it comes back. */
export function useTranscriptPages(
  task: string,
  { first, last, total }: { readonly first: number; readonly last: number; readonly total: number },
): HeldPages & { readonly retry: () => void } {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const base = trpc.tasks.transcript.queryKey({ task });
  const ask = async (page: number, known: Page | undefined, signal: AbortSignal): Promise<Page> => {
    const { after: start, upto } = spanOf(page);
    let blocks = known?.blocks ?? [];
    let after = known === undefined ? start : pageCursor(page, known.blocks);
    for (;;) {
      const answer = await api.tasks.transcript.query(
        { task, after, limit: upto - after, brief: true },
        { signal },
      );
      blocks = mergeBlocks(blocks, answer.blocks);
      after = answer.blocks.at(-1)?.seq ?? upto;
      if (!answer.more || after >= upto) return { blocks, total: answer.total };
    }
  };
  const held = useQueries({
    queries: wantedPages(first, last, total).map((page) => {
      const queryKey = [...base, 'page', page];
      return {
        queryKey,
        queryFn: ({ signal }: { readonly signal: AbortSignal }) => {
          const known = client.getQueryData<Page>(queryKey);
          return known !== undefined && isSettled(known) ? known : ask(page, known, signal);
        },
        gcTime: 0,
        structuralSharing: false as const,
      };
    }),
    combine: together,
  });
  return { ...held, retry: () => void client.refetchQueries({ queryKey: [...base, 'page'] }) };
}

/** One block whole, asked for once `isWanted`; sizes name its state, so that one that has grown is asked for again. */
export function useWholeBlock(
  task: string,
  { seq, cut }: { readonly seq: number; readonly cut?: object | undefined },
  isWanted: boolean,
) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  return useQuery({
    queryKey: [...trpc.tasks.block.queryKey({ task, seq }), cut],
    queryFn: async ({ signal }) => (await api.tasks.block.query({ task, seq }, { signal })).block,
    enabled: isWanted && cut !== undefined,
    gcTime: 0,
    structuralSharing: false,
  });
}
