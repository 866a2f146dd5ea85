import { memo } from 'react';
import { formatCount } from '../../lib/format.ts';

/** Whose lines they are: both sides alike, one side's, typed by hand, or what was there before. */
export type Tone = 'same' | 'ours' | 'theirs' | 'edited' | 'base';

/** More lines than this in one stretch are not drawn; how many are left is said. */
const MOST_LINES = 1_500;

/** Lines of code with their numbers; long ones are wrapped, because three columns leave no room to scroll sideways. */
export const ConflictLines = memo(function ConflictLines({
  lines,
  start,
  tone,
}: {
  readonly lines: readonly string[];
  /** The number of the first line, or null where they have none. */
  readonly start: number | null;
  readonly tone: Tone;
}) {
  return (
    <div className="conflict-code" data-tone={tone}>
      {lines.slice(0, MOST_LINES).map((line, at) => (
        <div key={at} className="conflict-line">
          <span className="conflict-number">{start === null ? '' : start + at}</span>
          <span>{line.replace(/\r?\n$/, '')}</span>
        </div>
      ))}
      {lines.length > MOST_LINES && (
        <p className="conflict-rest">and {formatCount(lines.length - MOST_LINES)} more lines</p>
      )}
    </div>
  );
});
