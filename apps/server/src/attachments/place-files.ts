import { constants, copyFile, chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from '@thalogos/contracts';
import { fileNames, isPicture } from './attachment.ts';

/** A file where an agent finds it. */
export interface PlacedFile {
  readonly path: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Whether it can be looked at as a picture. */
  readonly isPicture: boolean;
}

/** Copies files into a folder as they were handed in, whatever was made of the copies before; they can't be written. */
export async function placeFiles(
  files: readonly { readonly attachment: Attachment; readonly content: string }[],
  folder: string,
): Promise<readonly PlacedFile[]> {
  await rm(folder, { recursive: true, force: true });
  if (files.length === 0) return [];
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = fileNames(files.map(({ attachment }) => attachment));
  return Promise.all(
    files.map(async ({ attachment, content }, index): Promise<PlacedFile> => {
      const path = join(folder, names[index] ?? attachment.id);
      await copyFile(content, path, constants.COPYFILE_FICLONE);
      await chmod(path, 0o444);
      const { name, mediaType, bytes } = attachment;
      return { path, name, mediaType, bytes, isPicture: isPicture(attachment) };
    }),
  );
}
