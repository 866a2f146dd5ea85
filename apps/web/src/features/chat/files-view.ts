import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '@thalogos/contracts';

/** What is known of a file before it is handed in. */
export interface Candidate {
  readonly name: string;
  readonly size: number;
  readonly isFolder?: boolean;
}

/** Files that can be handed in, and for each of the others a sentence. */
export interface SortedFiles<F extends Candidate> {
  readonly taken: readonly F[];
  readonly refused: readonly string[];
}

/** Sorts files before a byte of them is sent; `already` go along as it is. */
export function sortFiles<F extends Candidate>(files: readonly F[], already: number): SortedFiles<F> {
  const taken: F[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const why = whyNot(file, already + taken.length);
    if (why === null) taken.push(file);
    else refused.push(why);
  }
  return { taken, refused };
}

function whyNot({ name, size, isFolder = false }: Candidate, already: number): string | null {
  if (isFolder) return `${name} is a folder: choose files.`;
  if (size === 0) return `${name} is empty.`;
  if (size > MAX_ATTACHMENT_BYTES)
    return `${name} has ${formatFileSize(size)}; ${formatFileSize(MAX_ATTACHMENT_BYTES)} is the most.`;
  if (already >= MAX_ATTACHMENTS) return `${name}: ${MAX_ATTACHMENTS} files are the most.`;
  return null;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const;

/** A file's size in steps of 1,024, as the limit of a file is: what is said of it must read 20 MB. */
export function formatFileSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const shown = unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${shown} ${UNITS[unit] ?? 'GB'}`;
}

const TOO_LONG = 'Put the long parts into a file and attach it.';

/** Why a text can't be said as it is, in a sentence; null where it can. */
export function textProblem(text: string, mostBytes: number): string | null {
  // No character takes more than three bytes for each of its units.
  if (text.length * 3 <= mostBytes) return null;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= mostBytes) return null;
  return `This has ${bytes.toLocaleString('en')} bytes, and ${mostBytes.toLocaleString('en')} is the most. ${TOO_LONG}`;
}

/** Whether a kept file is a picture that can be drawn. */
export function isPicture(mediaType: string): boolean {
  return mediaType.startsWith('image/');
}
