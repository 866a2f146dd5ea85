import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Content of one file; `null` removes it, `link` makes a symbolic link and `executable` a program. */
export type FileContent =
  | string
  | Uint8Array
  | null
  | { readonly link: string }
  | { readonly executable: string };

/** Files by their path from the root. */
export type Files = Readonly<Record<string, FileContent>>;

/** Writes (or removes) files under a directory, making folders as needed. */
export async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    await rm(target, { recursive: true, force: true });
    if (content === null) continue;
    await mkdir(dirname(target), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(target, content);
    else if ('link' in content) await symlink(content.link, target);
    else {
      await writeFile(target, content.executable);
      await chmod(target, 0o755);
    }
  }
}
