import type { ReviewFile } from '@thalogos/contracts';
import { FileText, Folder, MessageSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import { LineCounts } from '../../ui/line-counts.tsx';
import { showName } from '../../ui/show-hidden.ts';
import type { LineComment } from './comments.ts';
import { fileName, groupByFolder } from './review-files.ts';
import { viewState } from './review-state.ts';

interface FileTreeProps {
  readonly files: readonly ReviewFile[];
  readonly comments: readonly LineComment[];
  readonly marks: Readonly<Record<string, string>>;
  readonly current: string | null;
  readonly onOpen: (path: string) => void;
  readonly onView: (path: string, isViewed: boolean) => void;
  /** Below the files: what else there is to know about them. */
  readonly foot?: ReactNode;
}

function FileRow({ file, ...rest }: { readonly file: ReviewFile } & Omit<FileTreeProps, 'files' | 'foot'>) {
  const { comments, marks, current, onOpen, onView } = rest;
  const state = viewState(marks, file);
  const count = comments.filter((comment) => comment.path === file.path).length;
  return (
    <li
      className={classes(
        'review-file',
        file.path === current && 'review-file-current',
        state === 'viewed' && 'review-file-viewed',
      )}
    >
      <button
        type="button"
        className="review-file-name"
        aria-current={file.path === current ? 'true' : undefined}
        title={file.from === null ? file.path : `${file.from} → ${file.path}`}
        onClick={() => onOpen(file.path)}
      >
        <FileText size={14} className="t3" aria-hidden />
        <span className="cut mono">{showName(fileName(file.path))}</span>
        {count > 0 && (
          <span className="review-comment-count">
            <MessageSquare size={12} aria-hidden />
            {count}
            <span className="sr"> comments</span>
          </span>
        )}
        {state === 'changed' && <span className="tag">changed</span>}
        <span className="grow" />
        {file.binary ? (
          <span className="mono f11 t3">binary</span>
        ) : (
          <LineCounts added={file.added} removed={file.removed} />
        )}
      </button>
      <label className="check">
        <input
          type="checkbox"
          checked={state === 'viewed'}
          aria-label={`${file.path} is viewed`}
          onChange={(event) => onView(file.path, event.target.checked)}
        />
      </label>
    </li>
  );
}

/** The changed files by folder, with what was looked at already. */
export function FileTree({ files, foot, ...rest }: FileTreeProps) {
  const viewed = files.filter((file) => viewState(rest.marks, file) === 'viewed').length;
  return (
    <nav className="review-tree" aria-label="Files">
      <div className="review-tree-head">
        <b>Files</b>
        <span className="mono f11 t3">
          {viewed} of {files.length} viewed
        </span>
      </div>
      <div className="review-progress" aria-hidden="true">
        <i style={{ width: `${files.length === 0 ? 0 : (viewed / files.length) * 100}%` }} />
      </div>
      {groupByFolder(files).map((folder) => (
        <section key={folder.name} aria-label={folder.name}>
          <h2 className="review-folder">
            <Folder size={14} aria-hidden />
            <span className="cut">{showName(folder.name)}</span>
          </h2>
          <ul>
            {folder.files.map((file) => (
              <FileRow key={file.path} file={file} {...rest} />
            ))}
          </ul>
        </section>
      ))}
      {foot}
    </nav>
  );
}
