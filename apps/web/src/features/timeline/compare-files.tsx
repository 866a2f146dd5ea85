import type { Comparison } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { LineCounts } from '../../ui/line-counts.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { UnifiedDiff } from '../../ui/unified-diff.tsx';
import { pathsOf } from './compare-view.ts';

const FIRST_FILES = 60;

interface FileProps {
  readonly project: string;
  readonly ends: Pick<Comparison, 'from' | 'to'>;
  readonly file: Comparison['files'][number];
}

function Lines({ project, ends, file }: FileProps) {
  const trpc = useTRPC();
  const given = { project, from: ends.from.tag, to: ends.to.tag, paths: [...pathsOf(file)] };
  const query = useQuery({ ...trpc.timeline.diff.queryOptions(given), staleTime: Infinity });
  if (file.binary) return <p className="f12 t3">A binary file: it differs, and is not shown.</p>;
  return (
    <ShowQuery query={query} what="The lines could not be read.">
      {({ patch, truncated }) => (
        <>
          <UnifiedDiff patch={patch} label={`Changes of ${file.path}`} maxHeight={420} limit={2000} />
          {truncated && <p className="f12 t3">The rest is too large to be shown here.</p>}
        </>
      )}
    </ShowQuery>
  );
}

function File(props: FileProps) {
  const { path, from, status, added, removed } = props.file;
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <button
        type="button"
        className="timeline-file"
        data-item
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight size={14} aria-hidden className={classes('t3', isOpen && 'timeline-file-open')} />
        <span className="mono t3" title={status}>
          {status.charAt(0).toUpperCase()}
          <span className="sr">{status.slice(1)}</span>
        </span>
        <span className="mono grow cut" title={path}>
          {from === null || from === path ? path : `${from} → ${path}`}
        </span>
        <LineCounts added={added} removed={removed} />
      </button>
      {isOpen && <Lines {...props} />}
    </li>
  );
}

/** The files that differ between two checkpoints; the lines of one are read when it is opened. */
export function CompareFiles({ project, found }: { readonly project: string; readonly found: Comparison }) {
  const [areAllShown, setAllShown] = useState(false);
  const shown = areAllShown ? found.files : found.files.slice(0, FIRST_FILES);
  const { files, added, removed } = found.totals;
  return (
    <section aria-label="Files">
      <header className="row timeline-tasks-head">
        <h3 className="label grow">{formatNoun(files, 'file')}</h3>
        {files > 0 && <LineCounts added={added} removed={removed} />}
      </header>
      {files === 0 && <p className="f12 t2">Both have the same files.</p>}
      <ul className="timeline-files">
        {shown.map((file) => (
          <File key={file.path} project={project} ends={found} file={file} />
        ))}
      </ul>
      {found.files.length > shown.length && (
        <Button size="sm" variant="ghost" onClick={() => setAllShown(true)}>
          {formatNoun(found.files.length - shown.length, 'more file')}
        </Button>
      )}
      {files > found.files.length && (
        <p className="f12 t3">and {formatNoun(files - found.files.length, 'file')} that are not listed</p>
      )}
    </section>
  );
}
