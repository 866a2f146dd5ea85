import type { ConflictPolicy } from '@thalogos/contracts';
import type { Contents } from '../settle.ts';
import { diff3, type Hunk, type Part } from './diff3.ts';
import { bytesOf, isWhole, type Lines, linesOf } from './lines.ts';

/** Where a hunk is: in which file, and what is around it. */
export interface HunkPlace {
  readonly path: string;
  /** The merged lines before it. */
  readonly before: Lines;
  /** The lines after it, as `ours` has them. */
  readonly after: Lines;
}

/** Settles one hunk, or gives null where it is not sure. */
export type HunkRule = (hunk: Hunk, place: HunkPlace) => Lines | null;

/** A rule by its name. */
export interface NamedRule {
  readonly name: ConflictPolicy;
  readonly settle: HunkRule;
}

/** A whole file without a conflict, and the names of the rules that it took. */
export interface SettledText {
  readonly content: Buffer;
  readonly by: string;
}

/** Tries the rules on every hunk of a file; null unless one of them is sure of each. */
export function settleHunks(
  rules: readonly NamedRule[],
  path: string,
  { base, ours, theirs }: Contents,
): SettledText | null {
  if (ours === null || theirs === null || rules.length === 0) return null;
  const parts = diff3(linesOf(base ?? Buffer.alloc(0)), linesOf(ours), linesOf(theirs));
  const merged = parts === null ? null : settleParts(rules, path, parts);
  // Where we see no conflict and git does, the two read the change differently, and nobody is sure.
  if (merged === null || merged.used.size === 0 || !isWhole(merged.lines)) return null;
  const content = bytesOf(merged.lines);
  if (!staysReadable(path, content, { ours, theirs })) return null;
  return { content, by: rules.flatMap(({ name }) => (merged.used.has(name) ? [name] : [])).join('+') };
}

function settleParts(
  rules: readonly NamedRule[],
  path: string,
  parts: readonly Part[],
): { lines: Lines; used: ReadonlySet<string> } | null {
  const lines: string[] = [];
  const used = new Set<string>();
  for (const [at, part] of parts.entries()) {
    if (part.kind === 'lines') {
      lines.push(...part.lines);
      continue;
    }
    const place = { path, before: lines, after: parts.slice(at + 1).flatMap(ourLines) };
    const found = settleHunk(rules, part.hunk, place);
    if (found === null) return null;
    lines.push(...found.lines);
    used.add(found.name);
  }
  return { lines, used };
}

function settleHunk(
  rules: readonly NamedRule[],
  hunk: Hunk,
  place: HunkPlace,
): { lines: Lines; name: string } | null {
  for (const { name, settle } of rules) {
    const lines = settle(hunk, place);
    if (lines !== null) return { lines, name };
  }
  return null;
}

function ourLines(part: Part): Lines {
  return part.kind === 'lines' ? part.lines : part.hunk.ours;
}

/** JSON that both sides could read has to stay so: a comma lost between two rules is no file at all. */
function staysReadable(path: string, merged: Buffer, sides: { ours: Buffer; theirs: Buffer }): boolean {
  if (!path.endsWith('.json') || !isJson(sides.ours) || !isJson(sides.theirs)) return true;
  return isJson(merged);
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    // Not JSON, or JSON with comments.
    return false;
  }
}
