import type { SearchKind } from '@thalogos/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from './trpc.ts';
import { useProjectId } from './use-project.ts';
import { useSettled } from './use-settled.ts';

const TYPING_MS = 160;
/** How soon it looks again while older things are still being read in, in ms. */
const BUILDING_MS = 2_000;

/** What a search found by now, and whether that is of the words as they stand. */
export function useHits(
  text: string,
  { kinds, limit }: { readonly kinds?: readonly SearchKind[]; readonly limit: number },
) {
  const trpc = useTRPC();
  const project = useProjectId();
  const settled = useSettled(text, TYPING_MS).trim().slice(0, 2000);
  const isOn = project !== '' && settled !== '' && text.trim() !== '';
  const query = useQuery({
    ...trpc.search.find.queryOptions(
      { project, text: settled, limit, ...(kinds === undefined ? {} : { kinds: [...kinds] }) },
      // What was typed before is not waited for any more.
      { enabled: isOn, trpc: { abortOnUnmount: true } },
    ),
    placeholderData: keepPreviousData,
    // Things are recorded all the time: the same words may find more later.
    staleTime: 0,
    gcTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.isBuilding === true ? BUILDING_MS : false),
  });
  return { query, hits: isOn ? (query.data?.hits ?? []) : [], isCurrent: isOn && text.trim() === settled };
}
