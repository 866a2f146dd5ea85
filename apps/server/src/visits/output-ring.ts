/** The newest output of a shell, up to a limit; places are counted in bytes from the shell's start. */
export interface OutputRing {
  push(bytes: Buffer): void;
  /** What is kept from a place on, or from the first line that is still whole where that is gone; null is all. */
  from(place: number | null): { readonly from: number; readonly bytes: Buffer };
}

const NEWLINE = 0x0a;

/** Makes a ring that keeps the last `limit` bytes. */
export function makeOutputRing(limit: number): OutputRing {
  let chunks: Buffer[] = [];
  let size = 0;
  let end = 0;

  const join = () => {
    const all = Buffer.concat(chunks);
    const kept = all.subarray(Math.max(0, all.length - limit));
    chunks = [kept];
    size = kept.length;
    return kept;
  };

  return {
    push: (bytes) => {
      chunks.push(bytes);
      size += bytes.length;
      end += bytes.length;
      // Joining at twice the limit costs each byte one copy.
      if (size > 2 * limit) join();
    },
    from: (place) => {
      const kept = join();
      const start = end - kept.length;
      if (place !== null && place >= start && place <= end)
        return { from: place, bytes: kept.subarray(place - start) };
      // The first bytes that are left may be the middle of a letter or of a colour.
      const cut = start === 0 ? 0 : kept.indexOf(NEWLINE) + 1;
      return { from: start + cut, bytes: kept.subarray(cut) };
    },
  };
}
