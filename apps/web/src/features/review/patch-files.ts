import type { ChangedFile, Diff } from '@thalogos/contracts';

/** One changed file with its part of the patch. */
export interface PatchFile extends ChangedFile {
  /** Its part of the patch; null where the patch was cut before it. */
  readonly patch: string | null;
  /** Changes when its part of the patch does: a viewed mark holds for one of these. */
  readonly mark: string;
}

/** A short, stable name of a text (FNV-1a, 32 bit). Good for telling versions apart, not for security. */
export function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** A git patch cut into the parts of its files. */
function splitPatch(patch: string): readonly string[] {
  return patch.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git '));
}

/** Whether a part of a patch is of this file; paths stand at the end of its first line. */
function isPartOf(part: string, file: ChangedFile): boolean {
  const head = part.slice(0, part.indexOf('\n'));
  return head.endsWith(` b/${file.path}`) || head.endsWith(`"b/${file.path}"`);
}

/** The files of a diff, each with its part of the patch. */
export function patchFiles(diff: Diff): readonly PatchFile[] {
  const parts = splitPatch(diff.patch);
  return diff.files.map((file, index) => {
    const inOrder = parts[index];
    const patch =
      parts.find((part) => isPartOf(part, file)) ??
      (parts.length === diff.files.length ? (inOrder ?? null) : null);
    return { ...file, patch, mark: markOf(patch ?? `${file.path} ${file.added} ${file.removed}`) };
  });
}

/** A folder of the file tree with the files in it. */
export interface Folder {
  readonly name: string;
  readonly files: readonly PatchFile[];
}

/** Files by folder, in the order of the patch; the top folder is called by a dot. */
export function groupByFolder(files: readonly PatchFile[]): readonly Folder[] {
  const folders = new Map<string, PatchFile[]>();
  for (const file of files) {
    const cut = file.path.lastIndexOf('/');
    const name = cut === -1 ? '.' : file.path.slice(0, cut);
    folders.set(name, [...(folders.get(name) ?? []), file]);
  }
  return [...folders.entries()].map(([name, list]) => ({ name, files: list }));
}

/** The name of a file without its folder. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
