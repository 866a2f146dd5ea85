import './diff-theme.ts';
import type { CodeViewLineSelection, SelectedLineRange } from '@pierre/diffs';
import {
  CodeView,
  type CodeViewAnnotationArgs,
  type CodeViewHandle,
  WorkerPoolContextProvider,
} from '@pierre/diffs/react';
import DiffWorker from '@pierre/diffs/worker/worker.js?worker';
import { type Ref, useCallback, useMemo } from 'react';
import { useInterface } from '../../lib/interface-state.ts';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { Check } from '../../ui/field.tsx';
import { CommentForm, CommentNote } from './comment-note.tsx';
import type { LineComment } from './comments.ts';
import { AddButton, FoldButton } from './diff-buttons.tsx';
import { DIFF_THEME } from './diff-theme.ts';
import { type DiffGiven, diffItems, type LineNote } from './diff-items.ts';
import type { DiffStyle } from './review-state.ts';

/** How the rest of the review moves the view. */
export type DiffHandle = CodeViewHandle<LineNote, undefined>;

interface ReviewDiffProps extends DiffGiven {
  readonly style: DiffStyle;
  readonly selection: CodeViewLineSelection | null;
  readonly isViewed: (path: string) => boolean;
  readonly ref: Ref<DiffHandle>;
  readonly onSelect: (selection: CodeViewLineSelection | null) => void;
  readonly onBegin: (path: string, range: SelectedLineRange) => void;
  readonly onKeep: (comment: LineComment) => void;
  readonly onEdit: (comment: LineComment | null) => void;
  readonly onFold: (path: string) => void;
  readonly onView: (path: string, isViewed: boolean) => void;
}

const poolOptions = { workerFactory: () => new DiffWorker(), poolSize: 2, mainThreadMaxCharacters: 4_000 };
const highlighterOptions = { theme: DIFF_THEME };
// Inside the view's own shadow tree, where our style sheets do not reach.
const INNER_CSS = `
[data-diffs-header=default] { background: var(--raised); border-bottom: 1px solid var(--line); font-size: 12px; padding-inline: 8px 14px; }
[data-title] { font-weight: 600; }
[data-line-annotation], [data-gutter-buffer=annotation] { --diffs-computed-selected-line-bg: var(--panel-solid) !important; --diffs-computed-diff-line-bg: var(--panel-solid) !important; }
[data-line][data-selected-line], [data-column-number][data-selected-line] { --diffs-computed-selected-line-bg: color-mix(in oklab, var(--diffs-computed-diff-line-bg) 95%, var(--accent)) !important; box-shadow: inset 0 1px var(--accent-text), inset 0 -1px var(--accent-text); }
[data-separator] { color: var(--accent-text); }
[data-line-type=change-addition] { --diffs-computed-diff-line-bg: var(--add-bg) !important; }
[data-line-type=change-deletion] { --diffs-computed-diff-line-bg: var(--del-bg) !important; }
[data-column-number][data-line-type=change-addition] { --diffs-computed-diff-line-bg: var(--add-gutter) !important; }
[data-column-number][data-line-type=change-deletion] { --diffs-computed-diff-line-bg: var(--del-gutter) !important; }
`;
const LAYOUT = { paddingTop: 12, paddingBottom: 24, gap: 12 };

/** The changes of all files in one view: highlighted by workers, drawn only where one looks, with comments below lines. */
export function ReviewDiff(props: ReviewDiffProps) {
  const {
    style,
    selection,
    isViewed,
    ref,
    onSelect,
    onBegin,
    onKeep,
    onEdit,
    onFold,
    onView,
    files,
    comments,
    draft,
    isFolded,
  } = props;
  const themeType = useInterface((state) => state.theme);
  const isNarrow = useIsNarrow();
  const items = useMemo(
    () => diffItems({ files, comments, draft, isFolded }),
    [files, comments, draft, isFolded],
  );
  const options = useMemo(
    () => ({
      theme: DIFF_THEME,
      themeType,
      diffStyle: style,
      // Nobody scrolls a line sideways with a thumb, and without a mouse it can't be done at all.
      overflow: isNarrow ? ('wrap' as const) : ('scroll' as const),
      diffIndicators: 'classic' as const,
      hunkSeparators: 'metadata' as const,
      stickyHeaders: true,
      enableLineSelection: true,
      enableGutterUtility: true,
      unsafeCSS: INNER_CSS,
      layout: LAYOUT,
    }),
    [themeType, style, isNarrow],
  );
  const renderNote = useCallback(
    (...[{ metadata }]: CodeViewAnnotationArgs<LineNote>) =>
      metadata.kind === 'draft' ? (
        <CommentForm
          key={metadata.comment.id}
          comment={metadata.comment}
          onAdd={(text) => onKeep({ ...metadata.comment, text })}
          onCancel={() => onEdit(null)}
        />
      ) : (
        <CommentNote
          comment={metadata.comment}
          onEdit={() => onEdit(metadata.comment)}
          onRemove={() => onKeep({ ...metadata.comment, text: '' })}
        />
      ),
    [onKeep, onEdit],
  );
  return (
    <WorkerPoolContextProvider poolOptions={poolOptions} highlighterOptions={highlighterOptions}>
      <CodeView<LineNote>
        ref={ref}
        className="review-diff-view"
        items={items}
        options={options}
        selectedLines={selection}
        onSelectedLinesChange={onSelect}
        renderAnnotation={renderNote}
        renderGutterUtility={(findLine, item) => (
          <AddButton
            findLine={findLine}
            onBegin={(line, side) => onBegin(item.id, { start: line, end: line, side })}
          />
        )}
        renderHeaderPrefix={(item) => (
          <FoldButton isFolded={item.collapsed === true} onFold={() => onFold(item.id)} />
        )}
        renderHeaderMetadata={(item) => (
          <Check
            label="Viewed"
            checked={isViewed(item.id)}
            onChange={(event) => onView(item.id, event.target.checked)}
          />
        )}
      />
    </WorkerPoolContextProvider>
  );
}
