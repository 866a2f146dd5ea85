import type { ConflictHunk } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { mergeFile } from '../git/merge-file.ts';
import { readBlob } from '../git/read-blob.ts';
import { type ConflictRecord, type ConflictSide, type ConflictSides, isFile } from './conflict.ts';
import { markerSizeFor, parseHunks, type Texts } from './hunks.ts';

/** Bytes of one side that are shown; of a larger one a side can still be taken. */
const MAX_SHOWN = 4 * 1024 * 1024;

/** The contents of a conflict that is text on every side; null where the path is not there. */
export interface TextSides {
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
}

/** Reads the three contents; null for a conflict that is not text, or too large to be shown. */
export async function readTexts(hub: Repository, { sides }: ConflictRecord): Promise<TextSides | null> {
  const { base, ours, theirs } = sides;
  const [one, two, three] = await Promise.all([base, ours, theirs].map((side) => readText(hub, side)));
  if (one === undefined || two === undefined || three === undefined) return null;
  return { base: one, ours: two, theirs: three };
}

/** The places where two texts differ, as git sees them; empty where one side has no text to differ in. */
export async function readHunks(hub: Repository, sides: TextSides): Promise<readonly ConflictHunk[]> {
  const { ours, theirs } = sides;
  if (ours === null || theirs === null) return [];
  const texts = { base: sides.base ?? '', ours, theirs };
  const markerSize = markerSizeFor(texts);
  // Without an ancestor everything would be one place; compared with each other, only what differs is.
  const style = sides.base === null ? 'marked' : 'with-base';
  const merged = await mergeFile(hub, { ...toBytes(texts), style, markerSize });
  return parseHunks(merged.toString(), texts, markerSize);
}

/** The lines of both sides, ours first where they differ. */
export async function readUnion(hub: Repository, sides: TextSides): Promise<Buffer> {
  const { base, ours, theirs } = sides;
  return mergeFile(hub, {
    ...toBytes({ base: base ?? '', ours: ours ?? '', theirs: theirs ?? '' }),
    style: 'union',
  });
}

/** The texts that are there, to compare a solution with. */
export function presentTexts(sides: TextSides | null): readonly string[] {
  if (sides === null) return [];
  return [sides.base, sides.ours, sides.theirs].filter((text) => text !== null);
}

function toBytes({ base, ours, theirs }: Texts) {
  return { base: Buffer.from(base), ours: Buffer.from(ours), theirs: Buffer.from(theirs) };
}

/** The text of one side: null where it is not there, undefined where it is no text that can be shown and written back. */
async function readText(
  hub: Repository,
  side: ConflictSides[keyof ConflictSides],
): Promise<string | null | undefined> {
  if (side === null) return null;
  return isFile(side) ? readUtf8(hub, side) : undefined;
}

async function readUtf8(hub: Repository, { oid }: ConflictSide): Promise<string | undefined> {
  const blob = await readBlob(hub, oid, MAX_SHOWN);
  if (blob.kind === 'absent') throw new Error(`Could not read ${oid}: it is missing in ${hub.gitDir}`);
  if (blob.kind === 'too-large' || blob.content.includes(0)) return undefined;
  const text = blob.content.toString('utf8');
  return Buffer.from(text).equals(blob.content) ? text : undefined;
}
