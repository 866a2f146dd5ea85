import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckLog, CheckLogInput } from '@thalogos/contracts';
import { Refusal } from '../platform/refusal.ts';
import { directoryOf } from './checkout.ts';
import type { SaveRecord } from './save.ts';
import type { SaveContext } from './save-context.ts';

/** The most of a log that is handed out; of a longer one, the end, where failures are told. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Reads what a check of a Save has put out, while it runs too. A check that was not run, because its
 * result was known, has no log of its own: then what is kept of the run that it is known from is given.
 */
export async function readCheckLog(
  context: Pick<SaveContext, 'projects' | 'redactText' | 'live'>,
  record: SaveRecord,
  { check, tail = MOST_BYTES }: Omit<CheckLogInput, 'save'>,
): Promise<CheckLog> {
  const logs = join(directoryOf(context.projects.place(record.project), record.id), 'logs');
  // A red check is run once more, and that run is the newer one.
  const found =
    (await readEnd(join(logs, `${check}.again.log`), tail)) ??
    (await readEnd(join(logs, `${check}.log`), tail));
  if (found !== null) return { ...found, text: context.redactText(found.text) };
  const kept = keptLog(context, record, check);
  if (kept === null)
    throw new Refusal(
      'not-found',
      `Could not read the log of ${check}: Save ${record.id} has no such check.`,
    );
  return { text: kept, size: Buffer.byteLength(kept), isWhole: true };
}

function keptLog({ live }: Pick<SaveContext, 'live'>, record: SaveRecord, check: string): string | null {
  const outcome = record.state.kind === 'done' ? record.state.outcome.checks : [];
  const all = [...(live.of(record.id) ?? []), ...record.checks, ...outcome];
  return all.findLast(({ name }) => name === check)?.log ?? null;
}

async function readEnd(file: string, most: number): Promise<CheckLog | null> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, 'r');
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw new Error(`Could not read ${file}`, { cause });
  }
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, most);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const text = buffer.toString('utf8', 0, bytesRead);
    // From the first whole line on: half a line may hide half of what has to be hidden.
    return {
      text: size === length ? text : text.slice(text.indexOf('\n') + 1),
      size,
      isWhole: size === length,
    };
  } finally {
    await handle.close();
  }
}

function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
