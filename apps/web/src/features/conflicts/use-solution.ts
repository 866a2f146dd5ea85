import type { ConflictDetail } from '@thalogos/contracts';
import { useState } from 'react';
import {
  type ConflictDraft,
  type HunkChoice,
  resultOf,
  takenAlike,
  textToEdit,
  UNDECIDED,
  whyNotReady,
} from './conflict-draft.ts';
import { chooseHunk, useDrafts } from './conflict-draft-state.ts';

/** Whether a conflict is settled place by place; else one side is taken whole, or the file is written by hand. */
export function isLineWise({ isText, hunks, contents }: ConflictDetail): boolean {
  return (
    isText &&
    contents.ours !== null &&
    contents.theirs !== null &&
    hunks.some((hunk) => hunk.kind === 'conflict')
  );
}

/** What a conflict shows: the person's draft, and once it is settled what it was settled by, as far as the page knows it. */
function shownDraft({ resolution, hunks }: ConflictDetail, draft: ConflictDraft): ConflictDraft {
  switch (resolution?.take) {
    case undefined:
    case 'content':
      return draft;
    case 'ours':
    case 'theirs':
      return takenAlike(hunks, resolution.take);
    case 'union':
      return takenAlike(hunks, 'both');
  }
}

/** What the person makes of a conflict: the choices so far, what comes of them, and where one is in them. */
export function useSolution(detail: ConflictDetail) {
  const { id, hunks, contents } = detail;
  const draft = shownDraft(detail, useDrafts((state) => state.drafts[id]) ?? UNDECIDED);
  const differences = hunks.flatMap((hunk, at) => (hunk.kind === 'conflict' ? [at] : []));
  const [place, setPlace] = useState<number | null>(null);
  const [editing, setEditing] = useState<number | null>(null);
  const [showsBase, showBase] = useState(false);
  const current = place ?? differences[0] ?? null;
  const names = { ours: detail.ours.title, theirs: detail.theirs.title };
  const result = resultOf({ hunks, sides: [contents.ours, contents.theirs] }, draft, names);
  const choose = (at: number, choice: HunkChoice | null) => {
    chooseHunk(id, at, choice);
    if (choice?.take !== 'edited') setEditing(null);
    showBase(false);
  };
  const edit = (at: number | null) => {
    const hunk = at === null ? undefined : hunks[at];
    const choice = at === null ? null : (draft.choices[at] ?? null);
    if (at !== null && hunk?.kind === 'conflict' && choice === null)
      chooseHunk(id, at, { take: 'edited', text: textToEdit(hunk, null) });
    showBase(false);
    setEditing(at);
  };
  const step = (by: 1 | -1) => {
    const at = current === null ? -1 : differences.indexOf(current);
    setPlace(differences[Math.min(differences.length - 1, Math.max(0, at + by))] ?? null);
  };
  return {
    draft,
    names,
    result,
    whyNot: whyNotReady(result),
    differences,
    current,
    /** Whether the person has gone to a place; before that the page stands at its top. */
    hasMoved: place !== null,
    editing,
    showsBase,
    isFrozen: detail.resolution !== null,
    goTo: setPlace,
    step,
    choose,
    edit,
    showBase,
  };
}
