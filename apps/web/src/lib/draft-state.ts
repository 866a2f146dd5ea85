import type { Attachment } from '@thalogos/contracts';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What is about to be said, and has not been. */
export interface Draft {
  readonly text: string;
  /** Files that the server holds already. */
  readonly files: readonly Attachment[];
  /** Under which name it was sent before the answer was lost; saying it again under the same one says it once. */
  readonly once: string | null;
}

/** Drafts by where they are typed; they outlive a reload. */
interface DraftsState {
  readonly drafts: Readonly<Record<string, Draft>>;
  /** What another panel has put in for the person to look at; it stands in place of any draft until it is touched. */
  readonly filled: string | null;
}

/** Nothing typed. */
export const EMPTY_DRAFT: Draft = { text: '', files: [], once: null };

const useDrafts = create<DraftsState>()(
  persist((): DraftsState => ({ drafts: {}, filled: null }), {
    name: 'thalogos.drafts',
    partialize: ({ drafts }) => ({ drafts }),
  }),
);

function draftIn({ drafts, filled }: DraftsState, place: string): Draft {
  const draft = drafts[place] ?? EMPTY_DRAFT;
  return filled === null ? draft : { ...draft, text: filled, once: null };
}

/** The draft of a place, such as a session. */
export function useDraft(place: string): Draft {
  const draft = useDrafts((state) => state.drafts[place]) ?? EMPTY_DRAFT;
  const filled = useDrafts((state) => state.filled);
  return filled === null ? draft : { ...draft, text: filled, once: null };
}

/** The draft of a place as it is at this moment. */
export function readDraft(place: string): Draft {
  return draftIn(useDrafts.getState(), place);
}

/** Changes the draft of a place; other words or files are another message. */
export function changeDraft(place: string, change: (draft: Draft) => Partial<Draft>): void {
  useDrafts.setState((state) => {
    const before = draftIn(state, place);
    const { once = null, ...rest } = change(before);
    const { [place]: _old, ...others } = state.drafts;
    const after: Draft = { ...before, ...rest, once };
    const isEmpty = after.text === '' && after.files.length === 0;
    return { drafts: isEmpty ? others : { ...others, [place]: after }, filled: null };
  });
}

/** Brings a draft to another place, such as a session that was opened to say it. */
export function moveDraft(from: string, to: string): void {
  if (from === to) return;
  useDrafts.setState((state) => {
    const { [from]: _old, ...others } = state.drafts;
    return { drafts: { ...others, [to]: draftIn(state, from) }, filled: null };
  });
}

/** Puts a text into the composer for the person to look at; nothing is sent. */
export function fillDraft(text: string): void {
  useDrafts.setState({ filled: text });
}
