import type { ReviewFile, Task } from '@thalogos/contracts';
import type { FileActs } from './diff-heads.tsx';
import type { Hunk } from './parse-patch.ts';
import { markOf } from './review-files.ts';
import { markViewed, toggleAccepted, useReview, viewState } from './review-state.ts';
import { useFolds } from './use-folds.ts';
import type { useResult } from './use-result.ts';

const NO_MARKS: Readonly<Record<string, string>> = {};
const NOTHING: readonly string[] = [];

/** A hunk of these very contents. */
function partOf(file: ReviewFile, { range }: Hunk): string {
  return `${file.path} ${markOf(file)} ${range.newStart},${range.newLines}`;
}

interface ActsGiven {
  readonly task: Task;
  readonly files: readonly ReviewFile[];
  readonly result: ReturnType<typeof useResult>;
  readonly onEdit: (path: string) => void;
}

/** What the heads of files and hunks do, with the marks that a person has made. */
export function useFileActs({ task, files, result, onEdit }: ActsGiven) {
  const marks = useReview((state) => state.viewed[task.id]) ?? NO_MARKS;
  const accepted = useReview((state) => state.accepted[task.id]) ?? NOTHING;
  const { isFolded, fold } = useFolds(marks);
  const view = (path: string, isViewed: boolean) => {
    const file = files.find((one) => one.path === path);
    if (file === undefined) return;
    markViewed(task.id, file, isViewed);
    fold(path, isViewed);
  };
  const acts: FileActs = {
    viewOf: (file) => viewState(marks, file),
    onView: view,
    onFold: (path) => fold(path, !files.some((file) => file.path === path && isFolded(file))),
    onEdit,
    onTakeOut: result.takeOut,
    onAccept: (file, hunk) => toggleAccepted(task.id, partOf(file, hunk)),
    isAccepted: (file, hunk) => accepted.includes(partOf(file, hunk)),
    block: result.block,
  };
  const toggleViewed = (path: string | null) => {
    const file = files.find((one) => one.path === path);
    if (file !== undefined) view(file.path, viewState(marks, file) !== 'viewed');
  };
  return { acts, marks, isFolded, view, toggleViewed };
}
