import type { ChangeScope, ReviewFiles, Task } from '@thalogos/contracts';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { useKey } from '../../lib/use-key.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/panel-states.tsx';
import { type LineComment, type LineRange, quoteOf } from './comments.ts';
import { diffRows, type Row } from './diff-rows.ts';
import { FileEditor } from './file-editor.tsx';
import { FileTree } from './file-tree.tsx';
import { RequestDialog } from './request-dialog.tsx';
import { EditsCard, SinceCard } from './review-cards.tsx';
import { type DiffHandle, ReviewDiff } from './review-diff.tsx';
import { ReviewFoot } from './review-foot.tsx';
import { ReviewHead } from './review-head.tsx';
import { ReviewSide } from './review-side.tsx';
import { chooseStyle, chooseWhitespace, useReview } from './review-state.ts';
import { useChanges, useLoadPatches } from './use-changes.ts';
import { useCommentDraft } from './use-comment-draft.ts';
import { useFileActs } from './use-file-acts.ts';
import { useLooked } from './use-looked.ts';
import { useNotes } from './use-notes.ts';
import { usePatches } from './use-patches.ts';
import { useResult } from './use-result.ts';
import { useVerdict } from './use-verdict.ts';
import { useWalk } from './use-walk.ts';

const NO_COMMENTS: readonly LineComment[] = [];

interface ReviewScreenProps {
  readonly task: Task;
  readonly changes: ReviewFiles;
  readonly since: ChangeScope;
  readonly onSince: (since: ChangeScope) => void;
}

/** The lines of a change as they are shown, with the comments below them. */
function useDiff({ task, changes, since }: Omit<ReviewScreenProps, 'onSince'>) {
  const { style, whitespace } = useReview();
  const isNarrow = useIsNarrow();
  const isSplit = style === 'split' && !isNarrow;
  const load = useLoadPatches(task.id, changes, since);
  const { files, patches: first } = changes;
  const variant = `${since} ${whitespace}`;
  const { patches, error, retry, want } = usePatches({ files, variant, load, first });
  const comments = useReview((state) => state.comments[task.id]) ?? NO_COMMENTS;
  const quote = (range: LineRange) => quoteOf(patches.get(range.path)?.hunks ?? [], range);
  const draft = useCommentDraft(task.id, quote);
  const notes = useNotes(comments, draft.draft, patches);
  return { isSplit, patches, error, retry, want, notes, draft, quote };
}

/** Where the diff is not all of the change, parts can't be taken out of it. */
function notWholeBecause(since: ChangeScope, whitespace: 'shown' | 'ignored'): string | null {
  if (since === 'looked') return 'Show all changes to take a part out.';
  return whitespace === 'ignored' ? 'Show whitespace to take a part out.' : null;
}

/** One change laid open: files, diff, what it is for, and the verdict on the very tree that is shown. */
export function ReviewScreen({ task, changes, since, onSince }: ReviewScreenProps) {
  const { files, tree } = changes;
  const { style, whitespace } = useReview();
  const [isAsking, setAsking] = useState(false);
  const [edited, setEdited] = useState<string | null>(null);
  const view = useRef<DiffHandle>(null);
  const diff = useDiff({ task, changes, since });
  const { notes, draft, isSplit } = diff;
  const verdict = useVerdict(task, tree);
  const result = useResult({ task, tree, notWhole: notWholeBecause(since, whitespace) });
  const onEdit = useCallback((path: string) => setEdited(path), []);
  const {
    acts,
    marks,
    isFolded,
    view: setViewed,
    toggleViewed,
  } = useFileActs({ task, files, result, onEdit });
  const rows = useMemo(
    () => diffRows({ files, patches: diff.patches, notes, isSplit, isFolded }),
    [files, diff.patches, notes, isSplit, isFolded],
  );
  const isOn = !isAsking && edited === null;
  const walk = useWalk({ files, rows, view, isOn });
  const markLooked = useLooked(task.id, tree);
  const comments = notes.filter(({ kind }) => kind === 'comment').map(({ comment }) => comment);
  const toggleSince = () => onSince(since === 'base' ? 'looked' : 'base');

  useKey('viewed', () => toggleViewed(walk.current), isOn);
  useKey('split', () => chooseStyle(style === 'unified' ? 'split' : 'unified'), isOn);
  useKey('whitespace', () => chooseWhitespace(whitespace === 'shown' ? 'ignored' : 'shown'), isOn);
  useKey('since-looked', toggleSince, isOn && changes.looked !== null);
  useKey(
    'edit-file',
    () => result.block.edit === null && walk.current !== null && setEdited(walk.current),
    isOn,
  );
  useKey('comment', () => beginAt(rows, walk, draft.begin), isOn);
  useKey('approve', verdict.approve, isOn);
  useKey('request-changes', () => verdict.block.reject === null && setAsking(true), isOn);

  return (
    <div className="review">
      <ReviewHead task={task} style={style} whitespace={whitespace} />
      <FileTree
        files={files}
        comments={comments}
        marks={marks}
        current={walk.current}
        onOpen={walk.openFile}
        onView={setViewed}
        foot={<Cards {...{ task, changes, since, result, markLooked }} onToggle={toggleSince} />}
      />
      <div className="review-diff" role="region" aria-label="Changes">
        {files.length === 0 ? (
          <NothingToShow since={since} onAll={() => onSince('base')} />
        ) : (
          <ReviewDiff
            ref={view}
            rows={rows}
            isSplit={isSplit}
            selection={walk.selection}
            onSelect={walk.select}
            acts={acts}
            notes={{
              onBegin: draft.begin,
              onKeep: draft.keep,
              onEdit: draft.edit,
              onApply: result.apply,
              linesOf: diff.quote,
              block: result.block.edit,
            }}
            onWant={diff.want}
            error={diff.error}
            onRetry={diff.retry}
          />
        )}
      </div>
      <ReviewSide task={task} />
      <ReviewFoot
        task={task}
        comments={comments}
        verdict={verdict}
        onAsk={() => setAsking(true)}
        onApply={() => result.apply(comments)}
        applyBlock={result.block.edit}
      />
      <RequestDialog
        isOpen={isAsking}
        agent={task.agent}
        comments={comments}
        isBusy={verdict.isRejecting}
        block={verdict.block.reject}
        onSend={verdict.reject}
        onClose={() => setAsking(false)}
      />
      {edited !== null && tree !== null && (
        <FileEditor task={task.id} tree={tree} path={edited} onClose={() => setEdited(null)} />
      )}
    </div>
  );
}

/** Begins a comment on the selected lines, else on the first changed one of the present file. */
function beginAt(
  rows: readonly Row[],
  { selection, current }: Pick<ReturnType<typeof useWalk>, 'selection' | 'current'>,
  begin: (range: LineRange) => void,
): void {
  if (selection !== null) return begin(selection);
  const first = rows.find(
    (row) => row.file.path === current && row.kind === 'line' && row.line.kind !== 'context',
  );
  if (first?.kind !== 'line' || current === null) return;
  const { after, before } = first.line;
  const line = after ?? before ?? 1;
  begin({ path: current, side: after === null ? 'deletions' : 'additions', line, endLine: line });
}

function NothingToShow({ since, onAll }: { readonly since: ChangeScope; readonly onAll: () => void }) {
  return since === 'looked' ? (
    <EmptyState
      sentence="Nothing has changed since you looked."
      action={<Button onClick={onAll}>Show all changes</Button>}
    />
  ) : (
    <EmptyState sentence="This result changes no file." />
  );
}

interface CardsProps extends Omit<ReviewScreenProps, 'onSince'> {
  readonly result: ReturnType<typeof useResult>;
  readonly markLooked: () => void;
  readonly onToggle: () => void;
}

function Cards({ task, changes, since, result, markLooked, onToggle }: CardsProps) {
  const { looked, edits, tree } = changes;
  const isNew = looked !== null && looked.tree !== tree;
  const fresh = useChanges(task, 'looked', isNew);
  const count = fresh.data?.files.length ?? null;
  return (
    <>
      {isNew && (
        <SinceCard
          looked={looked}
          count={count}
          isOnly={since === 'looked'}
          onToggle={onToggle}
          onLooked={markLooked}
        />
      )}
      {edits.length > 0 && (
        <EditsCard edits={edits} block={result.block.edit} isBusy={result.isUndoing} onUndo={result.undo} />
      )}
    </>
  );
}
