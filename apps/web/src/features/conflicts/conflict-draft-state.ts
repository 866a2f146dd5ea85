import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type ConflictDraft, type HunkChoice, UNDECIDED } from './conflict-draft.ts';

/** What was chosen and typed for conflicts and not yet kept; it outlives a reload of the page. */
interface DraftState {
  readonly drafts: Readonly<Record<string, ConflictDraft>>;
}

const KEPT = 20;

/** Drafts of solutions in this browser, by the name of their conflict. */
export const useDrafts = create<DraftState>()(
  persist((): DraftState => ({ drafts: {} }), { name: 'thalogos.conflicts' }),
);

function put(conflict: string, change: (draft: ConflictDraft) => ConflictDraft): void {
  useDrafts.setState(({ drafts }) => {
    const others = Object.entries(drafts).filter(([id]) => id !== conflict);
    const next = change(drafts[conflict] ?? UNDECIDED);
    return { drafts: Object.fromEntries([...others.slice(1 - KEPT), [conflict, next]]) };
  });
}

/** Chooses for one hunk, or takes the choice back. */
export function chooseHunk(conflict: string, hunk: number, choice: HunkChoice | null): void {
  put(conflict, ({ choices }) => {
    const others = Object.entries(choices).filter(([at]) => Number(at) !== hunk);
    return {
      whole: null,
      choices: Object.fromEntries(choice === null ? others : [...others, [hunk, choice]]),
    };
  });
}

/** Replaces the whole file by a text, or goes back to the choices. */
export function editWhole(conflict: string, whole: string | null): void {
  put(conflict, ({ choices }) => ({ choices, whole }));
}
