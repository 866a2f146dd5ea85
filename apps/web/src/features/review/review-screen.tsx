import type { Diff, Task } from '@thalogos/contracts';
import { useMemo, useRef, useState } from 'react';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { useKey } from '../../lib/use-key.ts';
import type { LineComment } from './comments.ts';
import { fileDiffOf } from './diff-items.ts';
import { FileTree } from './file-tree.tsx';
import { hunkStarts } from './line-steps.ts';
import { patchFiles } from './patch-files.ts';
import { RequestDialog } from './request-dialog.tsx';
import { type DiffHandle, ReviewDiff } from './review-diff.tsx';
import { ReviewFoot } from './review-foot.tsx';
import { ReviewHead } from './review-head.tsx';
import { ReviewSide } from './review-side.tsx';
import { chooseStyle, markViewed, useReview, viewState } from './review-state.ts';
import { Unshown } from './unshown.tsx';
import { useCommentDraft } from './use-comment-draft.ts';
import { useFolds } from './use-folds.ts';
import { useVerdict } from './use-verdict.ts';
import { useWalk } from './use-walk.ts';

const NO_MARKS: Readonly<Record<string, string>> = {};
const NO_COMMENTS: readonly LineComment[] = [];

/** One change laid open: files, diff, what it is for, and the verdict. `tree` is the tree that the diff shows. */
export function ReviewScreen({
  task,
  diff,
  tree,
}: {
  readonly task: Task;
  readonly diff: Diff;
  readonly tree: string | null;
}) {
  const files = useMemo(() => patchFiles(diff), [diff]);
  const style = useReview((state) => state.style);
  const isNarrow = useIsNarrow();
  const marks = useReview((state) => state.viewed[task.id]) ?? NO_MARKS;
  const comments = useReview((state) => state.comments[task.id]) ?? NO_COMMENTS;
  const { draft, begin, keep, edit } = useCommentDraft(task.id);
  const [isAsking, setAsking] = useState(false);
  const view = useRef<DiffHandle>(null);
  const verdict = useVerdict(task, tree);
  const isOn = !isAsking;
  const walk = useWalk(files, view, isOn);
  const { isFolded, fold } = useFolds(marks);

  const setViewed = (path: string, isViewed: boolean) => {
    const file = files.find((one) => one.path === path);
    if (file === undefined) return;
    markViewed(task.id, file, isViewed);
    fold(path, isViewed);
  };
  const isViewed = (path: string) =>
    files.some((file) => file.path === path && viewState(marks, file) === 'viewed');
  useKey('viewed', () => walk.current !== null && setViewed(walk.current, !isViewed(walk.current)), isOn);
  useKey('split', () => chooseStyle(style === 'unified' ? 'split' : 'unified'), isOn);
  useKey(
    'comment',
    () => {
      const at = walk.line ?? hunkStarts(files.filter((file) => file.path === walk.current))[0];
      if (at !== undefined)
        begin(at.path, walk.selection?.range ?? { start: at.line, end: at.line, side: at.side });
    },
    isOn,
  );
  useKey('approve', verdict.approve, isOn);
  useKey('request-changes', () => verdict.block.reject === null && setAsking(true), isOn);

  return (
    <div className="review">
      <ReviewHead task={task} style={style} />
      <FileTree
        files={files}
        comments={comments}
        marks={marks}
        current={walk.current}
        onOpen={walk.openFile}
        onView={setViewed}
      />
      <div className="review-diff" role="region" aria-label="Changes">
        <Unshown files={files.filter((file) => fileDiffOf(file) === null)} isCut={diff.truncated} />
        <ReviewDiff
          ref={view}
          files={files}
          comments={comments}
          draft={draft}
          isFolded={isFolded}
          style={isNarrow ? 'unified' : style}
          selection={walk.selection}
          isViewed={isViewed}
          onSelect={walk.select}
          onBegin={begin}
          onKeep={keep}
          onEdit={edit}
          onFold={(path) => fold(path, !files.some((file) => file.path === path && isFolded(file)))}
          onView={setViewed}
        />
      </div>
      <ReviewSide task={task} />
      <ReviewFoot task={task} comments={comments} verdict={verdict} onAsk={() => setAsking(true)} />
      <RequestDialog
        isOpen={isAsking}
        agent={task.agent}
        comments={comments}
        isBusy={verdict.isRejecting}
        block={verdict.block.reject}
        onSend={verdict.reject}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
