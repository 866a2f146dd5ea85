/** Marks of the browser's own, laid over text that stays as it is. */
const NAME = 'found';

/** Where a text stands among the words under an element, in any case, also across its parts. */
function rangesOf(root: Element, wanted: string): Range[] {
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node instanceof Text) nodes.push(node);
  const places = placesOf(
    nodes.map((node) => node.data),
    wanted,
  );
  return places.flatMap(({ from, upto }) => {
    const first = nodes[from.piece];
    const last = nodes[upto.piece];
    if (first === undefined || last === undefined) return [];
    const range = new Range();
    range.setStart(first, from.offset);
    range.setEnd(last, upto.offset);
    return [range];
  });
}

interface Spot {
  readonly piece: number;
  readonly offset: number;
}

/** Where a text stands in pieces of text that are read as one. */
export function placesOf(
  pieces: readonly string[],
  wanted: string,
): readonly { readonly from: Spot; readonly upto: Spot }[] {
  const whole = pieces.join('');
  const folded = whole.toLowerCase();
  const needle = wanted.toLowerCase();
  // A letter or two become longer in lower case; then places would be off.
  if (needle === '' || folded.length !== whole.length) return [];
  const starts: number[] = [];
  for (let at = folded.indexOf(needle); at !== -1; at = folded.indexOf(needle, at + needle.length))
    starts.push(at);
  const spot = makeSpot(pieces);
  return starts.map((at) => ({ from: spot(at, false), upto: spot(at + needle.length, true) }));
}

/** Walks the pieces forward once; an end belongs to the piece that it ends in. */
function makeSpot(pieces: readonly string[]) {
  let piece = 0;
  let before = 0;
  return (at: number, isEnd: boolean): Spot => {
    for (;;) {
      const length = pieces[piece]?.length ?? 0;
      const left = at - before;
      if (left < length || (isEnd && left === length) || piece >= pieces.length - 1)
        return { piece, offset: left };
      before += length;
      piece += 1;
    }
  };
}

/** Keeps every place of a text under an element marked while the element changes; returns how to stop. Does nothing where the browser has no such marks. */
export function keepHighlighted(root: Element, wanted: string, within: string): () => void {
  const marks = 'highlights' in CSS ? CSS.highlights : null;
  if (marks === null || wanted === '') return () => undefined;
  let frame = 0;
  const draw = () => {
    const ranges = [...root.querySelectorAll(within)].flatMap((part) => rangesOf(part, wanted));
    marks.set(NAME, new Highlight(...ranges));
  };
  const watcher = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  });
  watcher.observe(root, { childList: true, subtree: true, characterData: true });
  draw();
  return () => {
    watcher.disconnect();
    cancelAnimationFrame(frame);
    marks.delete(NAME);
  };
}
