/** Decides whether a topic is meant. */
export type TopicMatcher = (topic: string) => boolean;

/**
 * Turns a topic pattern into a matcher.
 *
 * Topics are segments separated by `:` or `.`, and a separator matches itself alone. A `*` stands for any text within
 * its segment (`*:error`, `a:*:c`, `agent:fail*:end`); at the end of the pattern it stands for all that follows,
 * separators included (`agent:*` means `agent:a` and `agent:a:b`, but not `agent`). `*` alone means every topic.
 */
export function compileTopicPattern(pattern: string): TopicMatcher {
  if (!pattern.includes('*')) return (topic) => topic === pattern;
  const parts = splitTopic(pattern);
  const rest = pattern.endsWith('*') ? parts.pop() : undefined;
  return (topic) => {
    const found = splitTopic(topic);
    if (rest === undefined ? found.length !== parts.length : found.length <= parts.length) return false;
    const headMatches = parts.every((part, index) => matchesPart(part, found[index] ?? ''));
    return headMatches && (rest === undefined || matchesPart(rest, found.slice(parts.length).join('')));
  };
}

/** Turns several patterns into one matcher that accepts what any of them accepts. */
export function compileTopicPatterns(patterns: readonly string[]): TopicMatcher {
  const matchers = patterns.map(compileTopicPattern);
  return (topic) => matchers.some((matches) => matches(topic));
}

/** Segments at even places, the separators between them at odd ones. */
function splitTopic(topic: string): string[] {
  return topic.split(/([:.])/);
}

function matchesPart(part: string, text: string): boolean {
  if (part === '*') return text.length > 0;
  const [head = '', ...pieces] = part.split('*');
  const tail = pieces.pop();
  if (tail === undefined) return part === text;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  return containsInOrder(text.slice(head.length, text.length - tail.length), pieces);
}

// Taking the first occurrence of each piece never hides a match and keeps the time linear; a RegExp would not.
function containsInOrder(text: string, pieces: readonly string[]): boolean {
  let from = 0;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return true;
}
