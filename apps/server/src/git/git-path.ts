/**
 * A path inside a repository, always with forward slashes.
 *
 * git's paths are bytes. Valid UTF-8 stands for itself; every byte that is not is
 * written `\xNN`, and so is the backslash of a name that already contains such a
 * sequence. The string is thus safe to show, and `gitPathBytes` gives back exactly
 * the bytes it came from.
 */
export type GitPath = string;

const ESCAPE = /\\x([0-9a-f]{2})/g;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The path that these bytes of git's output name. */
export function gitPathFrom(bytes: Uint8Array): GitPath {
  return decodeStrictly(bytes) ?? decodeBytewise(Buffer.from(bytes));
}

/** The bytes that git knows this path by. */
export function gitPathBytes(path: GitPath): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const match of path.matchAll(ESCAPE)) {
    parts.push(Buffer.from(path.slice(from, match.index)), Buffer.from(match[1] ?? '', 'hex'));
    from = match.index + match[0].length;
  }
  parts.push(Buffer.from(path.slice(from)));
  return Buffer.concat(parts);
}

/** Splits NUL-terminated output into its fields, without the empty one after the last NUL. */
export function splitNul(bytes: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  let from = 0;
  for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, from)) {
    fields.push(bytes.subarray(from, end));
    from = end + 1;
  }
  if (from < bytes.length) fields.push(bytes.subarray(from));
  return fields;
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes).replaceAll(ESCAPE, '\\x5cx$1');
  } catch {
    // Not UTF-8: the caller goes through it byte by byte.
    return null;
  }
}

function decodeBytewise(bytes: Buffer): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    text +=
      length === 0
        ? `\\x${bytes.subarray(at, at + 1).toString('hex')}`
        : bytes.subarray(at, at + length).toString('utf8');
    at += Math.max(length, 1);
  }
  return escapeLookalikes(text, bytes);
}

/** Length of the UTF-8 character at `at`, or 0 where there is none. */
function characterLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    if (isWholeCharacter(bytes.subarray(at, at + length))) return length;
  }
  return 0;
}

function isWholeCharacter(bytes: Buffer): boolean {
  try {
    return [...strictUtf8.decode(bytes)].length === 1;
  } catch {
    return false;
  }
}

/** A name with both broken bytes and a literal `\xNN` keeps the two apart by escaping every backslash of its own. */
function escapeLookalikes(text: string, bytes: Buffer): string {
  if (!bytes.includes('\\x')) return text;
  return [...bytes]
    .map((byte) =>
      byte < 0x80 && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
}
