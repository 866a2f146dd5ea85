import type { ReviewFile } from '@thalogos/contracts';

/** A folder of the file tree with the files in it. */
export interface Folder {
  readonly name: string;
  readonly files: readonly ReviewFile[];
}

/** Files by folder, in the order of the diff; the top folder is called by a dot. */
export function groupByFolder(files: readonly ReviewFile[]): readonly Folder[] {
  const folders = Map.groupBy(files, ({ path }) => {
    const cut = path.lastIndexOf('/');
    return cut === -1 ? '.' : path.slice(0, cut);
  });
  return [...folders.entries()].map(([name, list]) => ({ name, files: list }));
}

/** The name of a file without its folder. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What a viewed mark holds for: these contents beside those. It changes when either does, or the mode. */
export function markOf({ oldOid, newOid, oldMode, newMode }: ReviewFile): string {
  return `${oldOid.slice(0, 16)} ${newOid.slice(0, 16)} ${oldMode} ${newMode}`;
}
