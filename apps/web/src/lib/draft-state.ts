import { create } from 'zustand';

/** What is typed into the composer and not yet said; it outlives a change of panel, not a reload. */
interface DraftState {
  readonly text: string;
}

/** The composer's text, so that another panel can fill a goal in. */
export const useDraft = create<DraftState>()(() => ({ text: '' }));

/** Puts a text into the composer for the person to look at; nothing is sent. */
export function fillDraft(text: string): void {
  useDraft.setState({ text });
}
