/** What begins a mark that the scripted agent would obey. */
const OPEN = '[[';

/**
 * A text of a model in which no mark is left that the person did not write.
 *
 * A mark that stands in the person's own words, to the letter, is theirs and stays.
 */
export function defuseMarks(text: string, persons: string): string {
  let made = '';
  let from = 0;
  for (let at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, from)) {
    const own = ownMark(text, at, persons);
    made += text.slice(from, at) + (own ?? '[ [');
    from = at + (own?.length ?? OPEN.length);
    // Three brackets in a row would make a new mark of the rest.
    if (own === null && text[from] === '[') made += ' ';
  }
  return made + text.slice(from);
}

/** The longest mark at this place that the person's text holds as well; null where it holds none. */
function ownMark(text: string, at: number, persons: string): string | null {
  let found: string | null = null;
  for (let end = text.indexOf(']]', at); end >= 0; end = text.indexOf(']]', end + 1)) {
    const mark = text.slice(at, end + 2);
    if (!persons.includes(mark)) break;
    found = mark;
  }
  return found;
}
