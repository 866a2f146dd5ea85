import { MAX_FIND_LENGTH } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { type Finding, nearestMatch, stepMatch } from './transcript-rows.ts';

const TYPING_MS = 200;

/** Looking for a text in a whole transcript, and stepping through what was found. */
export interface TranscriptFind extends Finding {
  /** What the person has typed. */
  readonly text: string;
  readonly type: (text: string) => void;
  readonly step: (by: 1 | -1) => void;
}

/** Asks for every block that holds a text; the match to begin with is the one nearest to `from` at that moment. */
function useMatches(task: string, wanted: string, from: number) {
  const trpc = useTRPC();
  const api = useTRPCClient();
  return useQuery({
    queryKey: trpc.tasks.findInTranscript.queryKey({ task, text: wanted }),
    queryFn: async ({ signal }) => {
      const answer = await api.tasks.findInTranscript.query({ task, text: wanted }, { signal });
      return { ...answer, begin: nearestMatch(answer.blocks, from) };
    },
    enabled: wanted !== '',
    gcTime: 0,
  });
}

/** The match that is looked at: a place counts among the matches that it was chosen among. */
function useChosen(found: { readonly blocks: readonly number[]; readonly begin: number } | null) {
  const [chosen, choose] = useState<{ readonly of: unknown; readonly at: number } | null>(null);
  const at = chosen !== null && chosen.of === found ? chosen.at : (found?.begin ?? 0);
  const count = found?.blocks.length ?? 0;
  const step = (by: 1 | -1) => choose({ of: found, at: stepMatch(count, at, by) });
  return { at, seq: found?.blocks[at], step };
}

/** Nothing is looked for while nothing stands in the field, nor blanks alone. */
function wantedOf(text: string, settled: string): string {
  return text.trim() === '' || settled.trim() === '' ? '' : settled.slice(0, MAX_FIND_LENGTH);
}

/** Finds a text in the transcript; `show` brings a block into view, `from` is the one that is looked at now. */
export function useTranscriptFind(
  task: string,
  { from, show }: { readonly from: number; readonly show: (seq: number) => void },
): TranscriptFind {
  const [text, type] = useState('');
  const settled = useSettled(text, TYPING_MS);
  const wanted = wantedOf(text, settled);
  const query = useMatches(task, wanted, from);
  const found = wanted === '' ? null : (query.data ?? null);
  const { at, seq, step } = useChosen(found);
  const begin = useEffectEvent(() => {
    if (seq !== undefined) show(seq);
  });
  useEffect(() => begin(), [seq]);
  const isLooking = text !== settled || query.isFetching;
  return { text, type, wanted, found, at, isLooking, error: query.error, step };
}
