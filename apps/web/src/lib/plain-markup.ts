/** What the highlighter of diffs draws with; nothing of it can run, fetch or change how the rest is read. */
const TAG = /<\/?(?:bdi|br|button|code|div|g|path|pre|slot|span|svg|symbol|use)(?=[ \t\r\n\f/>])/y;
/** An attribute and its value in quotes; one that acts by itself is not among them. */
const ATTRIBUTE =
  /[ \t\r\n\f]+(?:(?:data|aria)-[\w.:-]+|class|clip-rule|d|fill|fill-rule|height|id|name|opacity|role|slot|style|tabindex|title|type|viewBox|width)(?:="[^"]*")?(?=[ \t\r\n\f/>])|[ \t\r\n\f]+href="#[\w-]*"(?=[ \t\r\n\f/>])/y;
const END = /[ \t\r\n\f]*\/?>/y;

/** Where the match of a sticky pattern ends, or -1. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Where the tag that begins at `from` ends, or -1 where it is none of ours. */
function endOfTag(markup: string, from: number): number {
  let at = endOf(TAG, markup, from);
  if (at < 0) return -1;
  for (let next = endOf(ATTRIBUTE, markup, at); next > 0; next = endOf(ATTRIBUTE, markup, at)) at = next;
  return endOf(END, markup, at);
}

/**
 * Whether markup holds only text and the tags and attributes that diffs are drawn with.
 *
 * It reads what a serializer wrote, and refuses whatever one would not write: a comment, a bare `<`, a value
 * without quotes. So a browser reads the same tags in it as this does.
 */
export function isPlainMarkup(markup: string): boolean {
  for (let at = markup.indexOf('<'); at >= 0; at = markup.indexOf('<', at)) {
    at = endOfTag(markup, at);
    if (at < 0) return false;
  }
  return true;
}
