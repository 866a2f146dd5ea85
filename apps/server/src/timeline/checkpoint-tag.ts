import { Oid, TimelineEntry } from '@thalogos/contracts';

/** The timeline's line as a checkpoint's tag carries it, and where `main` stood before. */
export interface TaggedEntry {
  readonly entry: TimelineEntry;
  readonly base: Oid | null;
}

const MARK = 'entry: ';
const Tagged = TimelineEntry.extend({ base: Oid.nullable() });

/** Reads the line that a checkpoint's tag carries; null for a tag that carries none. */
export function readTaggedEntry(tagObject: string): TaggedEntry | null {
  // The last one: what comes before it holds titles, which say what their authors like.
  const line = tagObject.split('\n').findLast((one) => one.startsWith(MARK));
  if (line === undefined) return null;
  const parsed = Tagged.safeParse(parseJson(line.slice(MARK.length)));
  if (!parsed.success) return null;
  const { base, ...entry } = parsed.data;
  return { entry, base };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is as good as nothing there; the caller says so of the tag.
    return null;
  }
}
