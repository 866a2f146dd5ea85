import type { Conflict, ConflictDetail, ConflictIntention } from '@thalogos/contracts';

/** Characters of a text or a patch that an agent is shown of one side. */
const SHOWN = 20_000;

/** What the agent of a proposal is told: what to do, what the person adds, and what each side wanted. */
export function sayProposal(
  conflict: Conflict,
  intentions: ConflictDetail['intentions'],
  note: string,
): string {
  return [
    `The file ${conflict.path} was changed by two tasks in ways that can't be joined by themselves. Your worktree holds both joined, with conflict markers where they differ. Edit this one file so that it does what both wanted, and leave no marker in it; changes of other files are not taken.`,
    ...(note === '' ? [] : [note]),
    sayIntention('One side, under "ours"', intentions.ours),
    sayIntention('The other side, under "theirs"', intentions.theirs),
  ].join('\n\n');
}

function sayIntention(which: string, { title, text, patch }: ConflictIntention): string {
  const change = patch === '' ? '' : `\n\nIts change of the file:\n\n${asData(patch)}`;
  return `${which}: “${asData(title)}”. Its task was:\n\n${asData(text)}${change}`;
}

/** Marks in the words of other tasks are for their agents, not for this one. */
function asData(text: string): string {
  const shown = text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}\nThe rest is left out.`;
  return shown.replaceAll('[[', '[ [');
}
