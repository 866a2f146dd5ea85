import type { Signature } from './git.ts';

/** A trailer of a commit: `Thalogos-Task: t-42`. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/** Characters that could end a line or move a cursor. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
/** The same, but a message keeps its line ends and tabs. */
const CONTROL_IN_TEXT = /(?![\n\t])\p{Cc}/gu;

/** The text with its trailers in one last block; a key that comes twice with different spelling or value throws. */
export function composeMessage(text: string, trailers: readonly Trailer[] = []): string {
  const seen = new Set<string>();
  const lines = trailers.map(({ key, value }) => {
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(key)) throw new Error(`Not a trailer: ${JSON.stringify(key)}`);
    if (seen.has(key.toLowerCase())) throw new Error(`The trailer ${key} is there twice`);
    seen.add(key.toLowerCase());
    return `${key}: ${oneLine(value)}`;
  });
  const body = text.replaceAll('\r\n', '\n').replaceAll(CONTROL_IN_TEXT, '').trim();
  // The empty line keeps a text that ends like a trailer out of our block, where it could forge one.
  return lines.length === 0 ? `${body}\n` : `${body}\n\n${lines.join('\n')}\n`;
}

/** The trailers of a message's last block, as written by `composeMessage`. */
export function readTrailers(message: string): Trailer[] {
  const block = message.trimEnd().split('\n\n').at(-1) ?? '';
  const lines = block.split('\n').map((line) => /^([A-Za-z][A-Za-z0-9-]*): (.*)$/.exec(line));
  if (lines.some((line) => line === null)) return [];
  return lines.flatMap((line) => (line?.[1] === undefined ? [] : [{ key: line[1], value: line[2] ?? '' }]));
}

/** A person or program as git writes them: `Name <email> seconds +0000`; dates before 1970 would fail fsck. */
export function identity({ name, email, at }: Signature): {
  name: string;
  email: string;
  date: string;
  line: string;
} {
  const clean = (text: string) => oneLine(text).replaceAll(/[<>]/g, '').trim();
  const safeName = clean(name).replaceAll(/^[.,:;'"\\]+|[.,:;'"\\]+$/g, '') || 'unknown';
  const safeEmail = clean(email).replaceAll(' ', '') || 'unknown@localhost';
  const seconds = Math.max(0, Math.floor(at / 1000));
  return {
    name: safeName,
    email: safeEmail,
    date: `@${seconds} +0000`,
    line: `${safeName} <${safeEmail}> ${seconds} +0000`,
  };
}

/** Text that can't break out of its line: control characters become one blank. */
export function oneLine(text: string): string {
  return text.replaceAll(CONTROL, ' ').trim();
}
