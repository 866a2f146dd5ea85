import { MAX_GOAL_BYTES, type Session } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { changeDraft, useDraft } from '../../lib/draft-state.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { textProblem } from './files-view.ts';
import { saidBefore } from './history.ts';
import { isOpen } from './session-view.ts';
import { useUploads } from './uploads.ts';
import { useSay } from './use-say.ts';

/** Where a draft is kept: with its session, or with its project while no session is open. */
export function draftPlace(project: string, session: Session | null): string {
  return isOpen(session) ? session.id : project;
}

/** What is being typed, why it can't be sent yet, and what was said before. */
export function useComposer(project: string, session: Session | null) {
  const place = draftPlace(project, session);
  const block = useWriteBlock();
  const draft = useDraft(place);
  const say = useSay(project, session);
  const isSending = useUploads((state) => state.uploads.some((one) => one.place === place));
  const problem = textProblem(draft.text, MAX_GOAL_BYTES);
  const why =
    block ??
    problem ??
    (draft.text.trim() === '' ? emptyWords(draft.files.length) : null) ??
    (isSending ? 'A file is not there yet.' : null);
  const setText = (text: string) => changeDraft(place, () => ({ text }));
  const send = () => {
    if (why === null && !say.isPending) say.mutate(place);
  };
  return { ...{ place, block, draft, why, problem, setText, send }, isPending: say.isPending };
}

function emptyWords(files: number): string {
  return files === 0 ? 'Write something first.' : 'Say what is to be done with the files.';
}

/** What the person has said in a session, newest first. */
export function useSaid(session: Session | null): readonly string[] {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.conversation.messages.queryOptions({ session: session?.id ?? '' }, { enabled: session !== null }),
  );
  return useMemo(
    () =>
      saidBefore((data?.messages ?? []).filter(({ role }) => role === 'user').map(({ content }) => content)),
    [data],
  );
}
