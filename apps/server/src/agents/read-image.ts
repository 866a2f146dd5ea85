import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

/** A picture as vendors take it. */
export interface ImageData {
  /** Base64. */
  readonly data: string;
  readonly mediaType: string;
}

const MEDIA: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/** Reads a picture; what it is, is told by its name. */
export async function readImage(path: string): Promise<ImageData> {
  const data = (await readFile(path)).toString('base64');
  return { data, mediaType: MEDIA[extname(path).toLowerCase()] ?? 'image/png' };
}
