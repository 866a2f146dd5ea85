import type { ReviewFile } from '@thalogos/contracts';
import { Check as CheckIcon, ChevronDown, ChevronRight, Pencil, Undo2, X } from 'lucide-react';
import { classes } from '../../ui/classes.ts';
import { Check } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import type { Hunk } from './parse-patch.ts';
import { showName } from '../../ui/show-hidden.ts';
import { fileName } from './review-files.ts';
import type { ViewState } from './review-state.ts';

/** What a person can do to a file of the change; a reason stands where it can't be done now. */
export interface FileActs {
  readonly viewOf: (file: ReviewFile) => ViewState;
  readonly onView: (path: string, isViewed: boolean) => void;
  readonly onFold: (path: string) => void;
  readonly onEdit: (path: string) => void;
  readonly onTakeOut: (file: ReviewFile, hunk: Hunk | null) => void;
  readonly onAccept: (file: ReviewFile, hunk: Hunk) => void;
  readonly isAccepted: (file: ReviewFile, hunk: Hunk) => boolean;
  readonly block: { readonly edit: string | null; readonly hunks: string | null };
}

function FileName({ file }: { readonly file: ReviewFile }) {
  const name = fileName(file.path);
  const folder = file.path.slice(0, file.path.length - name.length);
  return (
    <span
      className="diff-file-name cut mono"
      title={file.from === null ? file.path : `${file.from} → ${file.path}`}
    >
      <span className="t3">{showName(folder)}</span>
      <b>{showName(name)}</b>
      {file.from !== null && <span className="t3"> from {showName(file.from)}</span>}
    </span>
  );
}

/** Above the lines of a file: what it is called, how much changed, and what can be done to it. */
export function FileHead({
  file,
  isFolded,
  acts,
}: {
  readonly file: ReviewFile;
  readonly isFolded: boolean;
  readonly acts: FileActs;
}) {
  const Arrow = isFolded ? ChevronRight : ChevronDown;
  const view = acts.viewOf(file);
  return (
    <div className="diff-file">
      <IconButton
        size="sm"
        label={isFolded ? `Unfold ${file.path}` : `Fold ${file.path}`}
        aria-expanded={!isFolded}
        onClick={() => acts.onFold(file.path)}
      >
        <Arrow size={14} aria-hidden />
      </IconButton>
      <FileName file={file} />
      <LineCounts added={file.added} removed={file.removed} />
      {view === 'changed' && <span className="tag">changed since viewed</span>}
      <span className="grow" />
      {file.status !== 'deleted' && !file.binary && (
        <IconButton
          size="sm"
          label={`Edit ${file.path}`}
          disabledBecause={acts.block.edit}
          onClick={() => acts.onEdit(file.path)}
        >
          <Pencil size={13} aria-hidden />
        </IconButton>
      )}
      <IconButton
        size="sm"
        label={`Take all of ${file.path} out of the change`}
        disabledBecause={acts.block.edit}
        onClick={() => acts.onTakeOut(file, null)}
      >
        <Undo2 size={13} aria-hidden />
      </IconButton>
      <Check
        label="Viewed"
        aria-label={`Viewed ${file.path}`}
        checked={view === 'viewed'}
        onChange={(event) => acts.onView(file.path, event.target.checked)}
      />
    </div>
  );
}

/** Above the lines of a hunk: where it is, and whether it stays. */
export function HunkHead({
  file,
  hunk,
  acts,
}: {
  readonly file: ReviewFile;
  readonly hunk: Hunk;
  readonly acts: FileActs;
}) {
  const { oldStart, oldLines, newStart, newLines } = hunk.range;
  const isAccepted = acts.isAccepted(file, hunk);
  const isWhole = file.status === 'added' || file.status === 'deleted';
  return (
    <div className={classes('diff-hunk', isAccepted && 'diff-hunk-accepted')}>
      <span className="cut mono">
        @@ -{oldStart},{oldLines} +{newStart},{newLines} @@ <span className="t3">{hunk.title}</span>
      </span>
      <span className="grow" />
      {isAccepted && <span className="tag">accepted</span>}
      <IconButton
        size="sm"
        label={isAccepted ? 'Not accepted yet' : 'Accept this part'}
        aria-pressed={isAccepted}
        onClick={() => acts.onAccept(file, hunk)}
      >
        <CheckIcon size={13} aria-hidden />
      </IconButton>
      <IconButton
        size="sm"
        label="Take this part out of the change"
        disabledBecause={isWhole ? acts.block.edit : acts.block.hunks}
        onClick={() => acts.onTakeOut(file, isWhole ? null : hunk)}
      >
        <X size={13} aria-hidden />
      </IconButton>
    </div>
  );
}
