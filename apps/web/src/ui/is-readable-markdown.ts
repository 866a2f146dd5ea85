/** A longer text is a log, not a letter. */
const MOST_CHARACTERS = 20_000;
/** Quotes and lists inside each other at the start of one line. */
const MOST_NESTED = 12;
/** Signs that may open something: each may be looked for to the end of the text. */
const MOST_SIGNS = 1_500;

const NESTED = new RegExp(
  String.raw`^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){${MOST_NESTED + 1}}`,
  'm',
);
const SIGN = /[*_[\]!~`<|]/g;

/** Whether a text may be read as markdown at once; what is made to be slow or deep is shown as it was written. */
export function isReadableMarkdown(text: string): boolean {
  if (text.length > MOST_CHARACTERS || NESTED.test(text)) return false;
  let signs = 0;
  for (const _ of text.matchAll(SIGN)) signs += 1;
  return signs <= MOST_SIGNS;
}
