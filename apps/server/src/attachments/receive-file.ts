import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { isDiskFull } from '../platform/disk-full.ts';
import { Refusal } from '../platform/refusal.ts';
import { PREFIX_BYTES } from './attachment.ts';

/** A file on its way in: what it is called, where it is written, and how long it may be. */
export interface Incoming {
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly file: string;
  readonly mostBytes: number;
}

/** What came of it. */
export interface Received {
  readonly bytes: number;
  readonly sha256: string;
  /** Its first bytes. */
  readonly prefix: Uint8Array;
}

/** Writes a file as it comes in, a piece at a time, durable when this settles; nothing of it is left where that fails. */
export async function receiveFile({ name, body, file, mostBytes }: Incoming): Promise<Received> {
  const hash = createHash('sha256');
  const prefix: Uint8Array[] = [];
  let bytes = 0;
  try {
    await using handle = await open(file, 'w', 0o600);
    for await (const piece of body) {
      if (bytes < PREFIX_BYTES) prefix.push(piece);
      bytes += piece.byteLength;
      if (bytes > mostBytes) throw tooLarge(name, mostBytes);
      hash.update(piece);
      await handle.writeFile(piece);
    }
    if (bytes === 0)
      throw new Refusal('usage', `${name} is empty, so it was not kept.`, {
        hint: 'Hand in a file with something in it.',
      });
    await handle.sync();
    return { bytes, sha256: hash.digest('hex'), prefix: Buffer.concat(prefix).subarray(0, PREFIX_BYTES) };
  } catch (cause) {
    await rm(file, { force: true });
    if (isDiskFull(cause))
      throw new Refusal('refused', `${name} was not kept: the disk of the data directory is full.`, {
        hint: 'Free some space and hand it in again. What you typed is still there.',
        cause,
      });
    throw cause;
  }
}

/** A file that is longer than any may be. */
function tooLarge(name: string, mostBytes: number): Refusal {
  const most = Math.floor(mostBytes / 1024 / 1024);
  return new Refusal('too-large', `${name} was not kept: a file may have at most ${most} MB.`, {
    hint: 'Hand in a smaller one, or put it into the repository and name it in the goal.',
  });
}
