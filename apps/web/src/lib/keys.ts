/** Where a shortcut works. */
export type KeyScope = 'everywhere' | 'review' | 'conflict' | 'inbox' | 'list';

/** The places, in the order of the sheet, and what they are called. */
export const SCOPE_WORDS: readonly (readonly [KeyScope, string])[] = [
  ['everywhere', 'Everywhere'],
  ['list', 'In lists'],
  ['inbox', 'Inbox'],
  ['review', 'Review'],
  ['conflict', 'Conflict'],
];

/** One shortcut: the sheet behind `?`, the palette and the listeners all read it from here. */
export interface Shortcut {
  readonly id: string;
  /** `mod+k`, `shift+a`, `g>m` for g then m; a sign stands for itself, wherever a layout has it. */
  readonly keys: string;
  /** As it is printed. */
  readonly shown: string;
  readonly does: string;
  readonly scope: KeyScope;
  /** A single letter or sign: rests while typing and can be switched off. */
  readonly isSingle: boolean;
  /** Enter and Escape do what they do everywhere; the sheet only names them. */
  readonly isFixed: boolean;
}

type Row = readonly [id: string, keys: string, shown: string, does: string];

const EVERYWHERE = [
  ['palette', 'mod+k', 'mod+k', 'Find anything'],
  ['save', 'mod+s', 'mod+s', 'Save'],
  ['goal', '/', '/', 'State a goal'],
  ['go-mission', 'g>m', 'g m', 'Go to Mission'],
  ['go-graph', 'g>g', 'g g', 'Go to Graph'],
  ['go-inbox', 'g>i', 'g i', 'Go to Inbox'],
  ['go-review', 'g>r', 'g r', 'Go to Review'],
  ['go-timeline', 'g>t', 'g t', 'Go to Timeline'],
  ['go-branches', 'g>b', 'g b', 'Go to Branches'],
  ['go-settings', 'g>s', 'g s', 'Go to Settings'],
  ['go-panels', 'g>p', 'g p', 'Panels side by side, or the next of them'],
  ['inspector', 'i', 'i', 'Show or hide the inspector'],
  ['strip', 't', 't', 'Show or hide the timeline strip'],
  ['pause', '.', '.', 'Pause or resume everything'],
  ['keys', '?', '?', 'Show all keys'],
  ['back', 'escape', 'Esc', 'Back, or close'],
] as const satisfies readonly Row[];

const LIST = [
  ['next', 'j', 'j', 'Next'],
  ['previous', 'k', 'k', 'Previous'],
  ['open', 'enter', 'Enter', 'Open'],
] as const satisfies readonly Row[];

const INBOX = [
  ['inbox-approve', 'a', 'a', 'Approve'],
  ['inbox-deny', 'x', 'x', 'Deny with a reason'],
  ['inbox-remember', 'shift+a', 'A', 'Approve and remember'],
] as const satisfies readonly Row[];

const REVIEW = [
  ['next-file', 'n', 'n', 'Next file'],
  ['previous-file', 'p', 'p', 'Previous file'],
  ['next-hunk', ']', ']', 'Next hunk'],
  ['previous-hunk', '[', '[', 'Previous hunk'],
  ['viewed', 'v', 'v', 'Mark the file as viewed'],
  ['comment', 'c', 'c', 'Comment on the line'],
  ['add-comment', 'mod+enter', 'mod+enter', 'Add the comment'],
  ['extend-next', 'shift+j', 'J', 'Take the next line in'],
  ['extend-previous', 'shift+k', 'K', 'Take the line before in'],
  ['whitespace', 'w', 'w', 'Show or hide whitespace'],
  ['since-looked', 'l', 'l', 'Only what changed since I looked'],
  ['edit-file', 'e', 'e', 'Edit the file by hand'],
  ['split', 's', 's', 'Split or unified'],
  ['approve', 'shift+a', 'A', 'Approve'],
  ['request-changes', 'shift+r', 'R', 'Request changes'],
] as const satisfies readonly Row[];

const CONFLICT = [
  ['conflict-next', 'n', 'n', 'Next conflict'],
  ['conflict-previous', 'p', 'p', 'Previous conflict'],
  ['conflict-next-place', ']', ']', 'Next place'],
  ['conflict-previous-place', '[', '[', 'Previous place'],
  ['conflict-ours', '1', '1', 'Take the left'],
  ['conflict-theirs', '2', '2', 'Take the right'],
  ['conflict-both', '3', '3', 'Take both'],
  ['conflict-edit', 'e', 'e', 'Edit the place by hand'],
  ['conflict-base', 'b', 'b', 'What was there before'],
  ['conflict-keep', 'mod+enter', 'mod+enter', 'Keep the result'],
  ['conflict-undo', 'u', 'u', 'Undo the solution'],
] as const satisfies readonly Row[];

/** The name of a shortcut. */
export type ShortcutId = (
  | typeof EVERYWHERE
  | typeof LIST
  | typeof INBOX
  | typeof REVIEW
  | typeof CONFLICT
)[number][0];

const named = new Set(['escape', 'enter']);

/** Whether keys are letters, signs or figures without Ctrl or Cmd: these rest while a person types. */
export function isSingleKeys(keys: string): boolean {
  return !keys.includes('mod+') && !named.has(keys);
}

function ofRows(scope: KeyScope, rows: readonly Row[]): Shortcut[] {
  return rows.map(([id, keys, shown, does]) => {
    return { id, keys, shown, does, scope, isSingle: isSingleKeys(keys), isFixed: named.has(keys) };
  });
}

/** Every shortcut there is. */
export const SHORTCUTS: readonly Shortcut[] = [
  ...ofRows('everywhere', EVERYWHERE),
  ...ofRows('list', LIST),
  ...ofRows('inbox', INBOX),
  ...ofRows('review', REVIEW),
  ...ofRows('conflict', CONFLICT),
];

const byId = new Map(SHORTCUTS.map((one) => [one.id, one]));

/** A shortcut by its name. */
export function shortcut(id: ShortcutId): Shortcut {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`There is no shortcut called ${id}`);
  return found;
}
