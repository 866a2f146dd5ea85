import type { FoundInTranscript, TranscriptBlock } from '@thalogos/contracts';
import { parseStored } from '../platform/stored-json.ts';
import type { StoredBlock, TranscriptStore } from './transcript-store.ts';

/** How many blocks are looked at before others have their turn. */
const CHUNK = 1000;

/** The most blocks that are named; beyond them it is only said that there are more. */
const MAX_FOUND = 20_000;

/* eslint-disable no-control-regex -- control characters are what is looked for */
// As JSON writes them: coloured words are found as they read.
const STORED_SEQUENCE = /\\u001b\[[0-9:;<=>?]*[ -/]*[@-~]/g;
const SEQUENCE = /\u001b\[[0-9:;<=>?]*[ -/]*[@-~]/g;
/* eslint-enable no-control-regex */

/** Looks for a text in the whole transcript of a task, a stretch at a time, until it is through or nobody waits any more. */
export async function findInTranscript(
  transcripts: Pick<TranscriptStore, 'scan'>,
  { task, text }: { readonly task: string; readonly text: string },
  signal?: AbortSignal,
): Promise<FoundInTranscript> {
  const holds = makeHolds(text);
  const blocks: number[] = [];
  let count = 0;
  let seen = 0;
  for (
    let rows = transcripts.scan(task, seen, CHUNK);
    rows.length > 0;
    rows = transcripts.scan(task, seen, CHUNK)
  ) {
    for (const row of rows) {
      const times = holds(row);
      seen = row.seq;
      if (times === 0) continue;
      if (blocks.length === MAX_FOUND) return { blocks, count, isCut: true };
      blocks.push(row.seq);
      count += times;
    }
    if (rows.length < CHUNK || signal?.aborted === true) break;
    await new Promise(setImmediate);
  }
  return { blocks, count, isCut: false };
}

/** How often a stored block holds the text. Most hold it nowhere, and are known by their JSON without being read. */
function makeHolds(text: string): (row: StoredBlock) => number {
  const needle = text.toLowerCase();
  const stored = JSON.stringify(text).slice(1, -1).toLowerCase();
  return ({ record }) => {
    const plain = record.includes('\\u001b') ? record.replace(STORED_SEQUENCE, '') : record;
    if (!plain.toLowerCase().includes(stored)) return 0;
    return partsOf(parseStored<TranscriptBlock>(record)).reduce(
      (sum, part) => sum + countIn(part.replace(SEQUENCE, '').toLowerCase(), needle),
      0,
    );
  };
}

function partsOf({ text, output, diffs }: TranscriptBlock): readonly string[] {
  return [text, output ?? '', ...diffs.flatMap(({ path, unified }) => [path, unified])];
}

function countIn(text: string, needle: string): number {
  let count = 0;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) count += 1;
  return count;
}
