import { commonEnd, isSame, type Lines, textOf } from './lines.ts';
import type { HunkRule } from './settle-hunks.ts';

/**
 * Both sides only added lines: those of `ours` come first, then those of `theirs`. A line that
 * either side changed or removed is for a person, because keeping both would undo that.
 */
export const settleUnion: HunkRule = ({ base, ours, theirs }) => {
  if (commonEnd([...base, ...ours, ...theirs]) === null) return null;
  const place = addedAt(base, ours);
  if (place === null || place !== addedAt(base, theirs)) return null;
  const mine = ours.slice(place, ours.length - (base.length - place));
  const other = theirs.slice(place, theirs.length - (base.length - place));
  const joined = joinAdded(mine, other);
  return joined && [...base.slice(0, place), ...joined, ...base.slice(place)];
};

/** Before which line of the base the only block was added; null for anything but one added block. */
function addedAt(base: Lines, side: Lines): number | null {
  const start = sharedStart(base, side);
  const rest = base.length - start;
  return side.length > base.length && isSame(base.slice(start), side.slice(side.length - rest))
    ? start
    : null;
}

function sharedStart(a: Lines, b: Lines): number {
  const at = a.findIndex((line, index) => line !== b[index]);
  return at === -1 ? a.length : at;
}

/** Both blocks, with what they begin and end with alike only once; null where they share a line between. */
function joinAdded(ours: Lines, theirs: Lines): Lines | null {
  const start = Math.min(sharedStart(ours, theirs), theirs.length);
  const [a, b] = [ours.slice(start), theirs.slice(start)];
  const end = Math.min(sharedStart(a.toReversed(), b.toReversed()), b.length);
  const mine = a.slice(0, a.length - end);
  const other = b.slice(0, b.length - end);
  const said = new Set(mine.map((line) => textOf(line).trim()).filter((text) => text !== ''));
  // Such as a heading that both wrote: under which of the two a later line belongs is not known.
  if (other.some((line) => said.has(textOf(line).trim()))) return null;
  // Sections stand in an order of their own, such as the newest version first.
  if ([...mine, ...other].some((line) => /^\s*(#{1,6}\s|={3}|-{3})/.test(line))) return null;
  return [...ours.slice(0, start), ...mine, ...other, ...a.slice(a.length - end)];
}
