import {
  type CodeViewDiffItem,
  type DiffLineAnnotation,
  type FileDiffMetadata,
  processFile,
} from '@pierre/diffs';
import { showHidden } from '../../ui/show-hidden.ts';
import type { LineComment } from './comments.ts';
import { markOf, type PatchFile } from './patch-files.ts';

/** What stands below a line: a comment, or the one that is being written. */
export type LineNote = { readonly kind: 'comment' | 'draft'; readonly comment: LineComment };

/** A file with more changed lines than this is folded at first. */
export const LARGE_LINES = 2_500;

const parsed = new WeakMap<PatchFile, FileDiffMetadata | null>();

/** The parts of a file's patch, read once; null for what has no text to show. */
export function fileDiffOf(file: PatchFile): FileDiffMetadata | null {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const diff =
    file.patch === null || file.binary
      ? null
      : (processFile(showHidden(file.patch), { isGitDiff: true, cacheKey: `${file.path} ${file.mark}` }) ??
        null);
  const shown = diff !== null && diff.hunks.length > 0 ? diff : null;
  parsed.set(file, shown);
  return shown;
}

/** What the view of a diff is made of. */
export interface DiffGiven {
  readonly files: readonly PatchFile[];
  readonly comments: readonly LineComment[];
  readonly draft: LineComment | null;
  readonly isFolded: (file: PatchFile) => boolean;
}

function notesOf(path: string, { comments, draft }: DiffGiven): LineNote[] {
  const kept = comments
    .filter((comment) => comment.path === path && comment.id !== draft?.id)
    .map((comment): LineNote => ({ kind: 'comment', comment }));
  return draft?.path === path ? [...kept, { kind: 'draft', comment: draft }] : kept;
}

/** One item for each file that can be shown; its version changes when what is drawn of it does. */
export function diffItems(given: DiffGiven): readonly CodeViewDiffItem<LineNote>[] {
  return given.files.flatMap((file) => {
    const fileDiff = fileDiffOf(file);
    if (fileDiff === null) return [];
    const notes = notesOf(file.path, given);
    const collapsed = given.isFolded(file);
    const annotations = notes.map(
      (note): DiffLineAnnotation<LineNote> => ({
        side: note.comment.side,
        lineNumber: note.comment.endLine,
        metadata: note,
      }),
    );
    const version = Number.parseInt(
      markOf(
        JSON.stringify([
          collapsed,
          notes.map((note) => [note.kind, note.kind === 'draft' ? note.comment.id : note.comment]),
        ]),
      ),
      16,
    );
    return [{ id: file.path, type: 'diff', fileDiff, annotations, collapsed, version }];
  });
}
