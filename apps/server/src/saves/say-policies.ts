import type { Settled } from '@thalogos/contracts';

/** Characters of the whole list; a trailer is a line for people, and the outcome has all of it. */
const LIST_LIMIT = 180;
const PATH_LIMIT = 120;

/** Which rule settled which path, as one line: `whitespace "a.ts", union "b.md" and 3 more`; null when none did. */
export function sayPolicies(settled: readonly Settled[]): string | null {
  if (settled.length === 0) return null;
  const pairs = settled.map(({ policy, path }) => `${word(policy)} ${JSON.stringify(cut(path))}`);
  const fitting = pairs.findIndex((_, at) => pairs.slice(0, at + 1).join(', ').length > LIST_LIMIT);
  const named = fitting === -1 ? pairs : pairs.slice(0, Math.max(1, fitting));
  const left = pairs.length - named.length;
  return left === 0 ? named.join(', ') : `${named.join(', ')} and ${left} more`;
}

/** Who settled it may be a person, whose name could look like another entry of the list. */
function word(policy: string): string {
  return policy.replaceAll(/[^\p{L}\p{N}:.@_-]+/gu, '-').slice(0, 50);
}

function cut(path: string): string {
  return path.length <= PATH_LIMIT ? path : `…${path.slice(-PATH_LIMIT)}`;
}
