/** Cuts a stream of bytes into lines of text, holding back the unfinished one. */
export interface LineSplitter {
  /** The lines that this chunk finishes. */
  readonly push: (chunk: Uint8Array) => string[];
  /** The last line, where the stream ended without a newline. */
  readonly end: () => string[];
  /** Bytes dropped because their line was longer than the limit. */
  readonly dropped: () => number;
}

/** Longest line that is kept: 1 MB. */
const LINE_LIMIT = 1024 * 1024;

/** Makes a splitter; of a line longer than `limit` bytes the rest is dropped, counted, and told once the line is over. */
export function makeLineSplitter(
  limit: number = LINE_LIMIT,
  onCut: (bytes: number) => void = () => undefined,
): LineSplitter {
  let parts: Buffer[] = [];
  let size = 0;
  let dropped = 0;
  let told = 0;

  function hold(piece: Buffer) {
    const room = Math.min(piece.length, limit - size);
    dropped += piece.length - room;
    if (room === 0) return;
    parts.push(piece.subarray(0, room));
    size += room;
  }

  function take(): string {
    const line = Buffer.concat(parts);
    parts = [];
    size = 0;
    if (dropped > told) onCut(dropped - told);
    told = dropped;
    const end = line.at(-1) === 0x0d ? line.length - 1 : line.length;
    return line.toString('utf8', 0, end);
  }

  return {
    push(chunk) {
      // The same bytes, not a copy: an agent may print hundreds of megabytes.
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const lines: string[] = [];
      let from = 0;
      for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, from)) {
        hold(bytes.subarray(from, end));
        lines.push(take());
        from = end + 1;
      }
      hold(bytes.subarray(from));
      return lines;
    },
    end: () => (size === 0 ? [] : [take()]),
    dropped: () => dropped,
  };
}
