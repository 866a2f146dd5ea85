import type { Arrangement } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { toast, toastError } from '../../ui/toast.tsx';
import { FIRST_ARRANGEMENT } from './pane-layout.ts';

type ArrangementKey = ReturnType<ReturnType<typeof useTRPC>['sessions']['arrangement']['queryKey']>;

/** Changes follow each other while something is dragged; this long (ms) after the last one they are kept. */
const KEEP_AFTER_MS = 500;

/** The session whose panels are arranged: the open one, else the newest. */
function useArrangedSession() {
  const trpc = useTRPC();
  const project = useProjectId();
  const query = useQuery(trpc.sessions.list.queryOptions({ project }, { enabled: project !== '' }));
  const sessions = query.data?.sessions ?? [];
  return { query, session: (sessions.find((one) => one.state !== 'finalized') ?? sessions[0])?.id ?? null };
}

/** Sends what was changed a moment after the last change, and once more for what was changed meanwhile. */
function useKeepArrangement(session: string | null, queryKey: ArrangementKey) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [changes, setChanges] = useState(0);
  const isUnkept = useRef(false);
  const keep = useMutation(
    trpc.sessions.arrange.mutationOptions({
      onSuccess: ({ kind, ...kept }, sent) => {
        const now = client.getQueryData(queryKey);
        if (kind === 'changed') {
          client.setQueryData(queryKey, kept);
          toast('Another window has arranged the panels; this is how they stand now.');
        } else {
          const arrangement = now?.arrangement ?? sent.arrangement;
          client.setQueryData(queryKey, { arrangement, revision: kept.revision });
        }
      },
      onError: (error) => toastError('How the panels stand was not kept.', error),
    }),
  );
  const send = useEffectEvent(() => {
    const now = client.getQueryData(queryKey);
    if (session === null || now?.arrangement == null || !isUnkept.current) return;
    isUnkept.current = false;
    keep.mutate({ session, revision: now.revision, arrangement: now.arrangement });
  });
  const { isPending } = keep;
  useEffect(() => {
    if (changes === 0 || isPending || !isUnkept.current) return undefined;
    const timer = setTimeout(() => send(), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [changes, isPending]);
  return () => {
    isUnkept.current = true;
    setChanges((count) => count + 1);
  };
}

/** How the panels of the session stand, kept on the server so that every browser shows the same. */
export function useArrangement() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { query: sessions, session } = useArrangedSession();
  const [alone, setAlone] = useState<Arrangement>(FIRST_ARRANGEMENT);
  const options = trpc.sessions.arrangement.queryOptions(
    { session: session ?? '' },
    { enabled: session !== null, staleTime: 0 },
  );
  const query = useQuery(options);
  const keep = useKeepArrangement(session, options.queryKey);
  const change = (next: (now: Arrangement) => Arrangement) => {
    if (session === null) return setAlone(next);
    keep();
    client.setQueryData(options.queryKey, (kept) => ({
      revision: kept?.revision ?? 0,
      arrangement: next(kept?.arrangement ?? FIRST_ARRANGEMENT),
    }));
  };
  const isLoading = sessions.isPending || (session !== null && query.isPending);
  const arrangement = session === null ? alone : (query.data?.arrangement ?? FIRST_ARRANGEMENT);
  return { arrangement, change, isLoading, error: query.error, retry: () => void query.refetch() };
}
