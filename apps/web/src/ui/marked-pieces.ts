/** A stretch of text, marked or not. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Cuts a text at its marks; a mark that does not lie in it, or lies in another one, marks nothing. */
export function piecesOf(
  text: string,
  marks: readonly { readonly from: number; readonly to: number }[],
): readonly Piece[] {
  const pieces: Piece[] = [];
  let seen = 0;
  for (const { from, to } of marks) {
    if (from < seen || to <= from || to > text.length) continue;
    if (from > seen) pieces.push({ text: text.slice(seen, from), isMarked: false });
    pieces.push({ text: text.slice(from, to), isMarked: true });
    seen = to;
  }
  if (seen < text.length) pieces.push({ text: text.slice(seen), isMarked: false });
  return pieces;
}
