import { REPLAY_BLOCK, type ReplayBlock, type SessionMarks, type ThalogosEvent } from '@thalogos/contracts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { onLiveEvent } from '../../../lib/live-listeners.ts';
import { useTRPC } from '../../../lib/trpc.ts';
import { useProjectId } from '../../../lib/use-project.ts';
import { blockOf, stepFrom } from './playback.ts';

/** The session that is replayed; null before there is one. */
export type ReplayedSession = string | null;

/** Whether an event belongs to a session’s replay: its own, and what is of no session. */
function isOf(event: ThalogosEvent, project: string, session: ReplayedSession): boolean {
  return event.project === project && (event.session === session || event.session === null);
}

/** Keeps what was read of the log in step with it: a new event is added where it belongs. */
function useLiveReplay(project: string, session: ReplayedSession): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  useEffect(() => {
    if (session === null) return;
    return onLiveEvent((event) => {
      if (!isOf(event, project, session)) return;
      client.setQueryData<ReplayBlock>(
        trpc.events.replay.queryKey({ project, session, from: blockOf(event.seq) }),
        (block) => (block === undefined ? undefined : { ...block, events: [...block.events, event] }),
      );
      // What a run says marks nothing, and it is most of the log by far.
      if (event.type === 'transcript.extended') return;
      client.setQueryData<SessionMarks>(trpc.events.marks.queryKey({ project, session }), (marks) =>
        marks === undefined ? undefined : { ...marks, last: event.seq, events: [...marks.events, event] },
      );
    });
  }, [trpc, client, project, session]);
}

/** Where a session begins and ends, and what marks it. */
export function useMarks(session: ReplayedSession) {
  const trpc = useTRPC();
  const project = useProjectId();
  useLiveReplay(project, session);
  return useQuery(
    trpc.events.marks.queryOptions({ project, session: session ?? '' }, { enabled: session !== null }),
  );
}

/** The block of the log that holds an event; while another one is read, the one before it stays. */
export function useBlock(session: ReplayedSession, seq: number | null) {
  const trpc = useTRPC();
  const project = useProjectId();
  return useQuery(
    trpc.events.replay.queryOptions(
      { project, session: session ?? '', from: blockOf(seq ?? 0) },
      { enabled: session !== null && seq !== null, placeholderData: keepPreviousData },
    ),
  );
}

/** Finds the event after (or before) another one, reading on where its block holds no more. */
export function useFindStep(
  session: ReplayedSession,
  ends: Pick<SessionMarks, 'first' | 'last'> | undefined,
) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const project = useProjectId();
  return useCallback(
    async (seq: number, by: 1 | -1): Promise<number | null> => {
      if (session === null || ends === undefined) return null;
      const limit = by === 1 ? blockOf(ends.last) : blockOf(ends.first);
      for (let from = blockOf(seq); by === 1 ? from <= limit : from >= limit; from += by * REPLAY_BLOCK) {
        const block = await client.ensureQueryData(
          trpc.events.replay.queryOptions({ project, session, from }),
        );
        const found = stepFrom(block.events, seq, by);
        if (found !== null) return found;
      }
      return null;
    },
    [trpc, client, project, session, ends],
  );
}
