import type { Readable } from 'node:stream';

/** What a process printed, up to a limit. */
export interface BoundedOutput {
  /** What was kept so far: the first `limit` bytes, or the last ones. */
  readonly bytes: () => Buffer;
  /** How many bytes were dropped. */
  readonly dropped: () => number;
}

/** Where a stream is collected from and how much of it is kept. */
export interface CollectOptions {
  /** Bytes kept. */
  readonly limit: number;
  /** Which end is kept when there is more; the start when absent. */
  readonly keep?: 'start' | 'end';
  /** Told once, when the first byte is dropped. */
  readonly onOverflow?: () => void;
}

/** Collects what a stream gives, never holding more than `limit` bytes of it (twice that for a moment when the end is kept). */
export function collectOutput(
  stream: Readable,
  { limit, keep = 'start', onOverflow }: CollectOptions,
): BoundedOutput {
  let chunks: Buffer[] = [];
  let size = 0;
  let dropped = 0;

  function overflow(bytes: number) {
    const isFirst = dropped === 0;
    dropped += bytes;
    if (isFirst) onOverflow?.();
  }

  stream.on('data', (chunk: Buffer) => {
    if (keep === 'start') {
      const room = Math.min(chunk.length, limit - size);
      if (room > 0) chunks.push(chunk.subarray(0, room));
      size += room;
      if (room < chunk.length) overflow(chunk.length - room);
      return;
    }
    chunks.push(chunk);
    size += chunk.length;
    if (size > 2 * limit) {
      const all = Buffer.concat(chunks);
      overflow(all.length - limit);
      chunks = [all.subarray(all.length - limit)];
      size = limit;
    }
  });

  return {
    bytes: () => {
      const all = Buffer.concat(chunks);
      return keep === 'end' && all.length > limit ? all.subarray(all.length - limit) : all;
    },
    dropped: () => dropped + Math.max(0, size - limit),
  };
}
