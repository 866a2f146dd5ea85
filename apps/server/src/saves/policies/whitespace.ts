import { isSame, type Lines, textOf } from './lines.ts';
import type { HunkRule } from './settle-hunks.ts';

/** Files in which the depth of a line, a blank one or blanks at its end are part of what it says. */
const IS_MEANT =
  /\.(py|pyi|pyx|ya?ml|haml|pug|jade|slim|sass|styl|coffee|fs|fsx|hs|elm|nim|mk|mak|md|mdx|markdown|rst|adoc|txt|csv|tsv|diff|patch|snap|out|expected)$|(^|\/)(gnu)?makefile$/i;

/**
 * The two sides differ in blanks alone: `ours` stays. It is on main already or was merged first:
 * others build on it, so keeping it disturbs fewer people than the newcomer's layout would.
 */
export const settleWhitespace: HunkRule = ({ ours, theirs }, { path, before }) => {
  if (IS_MEANT.test(path) || isInsideText(before)) return null;
  return isSame(squeeze(ours), squeeze(theirs)) ? ours : null;
};

/** What lines say whatever their layout; within quotes a blank is a character like any other. */
function squeeze(lines: Lines): Lines {
  return lines
    .map((line) => textOf(line).trim())
    .filter((text) => text !== '')
    .map((text) => (/["'`]/.test(text) ? text : text.replaceAll(/[ \t]+/g, ' ')));
}

/** Whether a text of several lines, in which blanks count, is open where these lines end. */
function isInsideText(before: Lines): boolean {
  const text = before.join('');
  return (
    [/`/g, /"""/g, /'''/g].some((quote) => (text.match(quote)?.length ?? 0) % 2 === 1) ||
    /<<[-~]?['"]?\w/.test(text)
  );
}
