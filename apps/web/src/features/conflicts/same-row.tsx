import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { ConflictLines } from './conflict-lines.tsx';
import { foldSame, type HunkStart, type Stretch } from './conflict-view.ts';

const startOf = (first: number | null, { at }: Stretch) => (first === null ? null : first + at);

function StretchRow({ stretch, start }: { readonly stretch: Stretch; readonly start: HunkStart }) {
  const isNarrow = useIsNarrow();
  const columns = isNarrow ? (['result'] as const) : (['ours', 'result', 'theirs'] as const);
  return (
    <div className="conflict-row">
      {columns.map((column) => (
        <div key={column} className="conflict-cell" data-column={column}>
          <ConflictLines lines={stretch.lines} start={startOf(start[column], stretch)} tone="same" />
        </div>
      ))}
    </div>
  );
}

/** Lines that both sides have alike, folded to the few beside what differs. */
export function SameRow({
  lines,
  start,
  isFirst,
  isLast,
}: {
  readonly lines: readonly string[];
  readonly start: HunkStart;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  return foldSame(lines, { isFirst, isLast }).map((stretch) =>
    stretch.isFolded && !isOpen ? (
      <button
        key={stretch.at}
        type="button"
        className="conflict-fold"
        aria-expanded={false}
        onClick={() => setOpen(true)}
      >
        <Ellipsis size={12} aria-hidden />
        {formatNoun(stretch.lines.length, 'line')} the same
      </button>
    ) : (
      <StretchRow key={stretch.at} stretch={stretch} start={start} />
    ),
  );
}
