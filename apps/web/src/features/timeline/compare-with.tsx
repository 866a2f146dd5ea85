import type { TimelineEntry } from '@thalogos/contracts';
import { GitCompareArrows } from 'lucide-react';
import { useId } from 'react';
import { checkpointOf } from '../../lib/checkpoint-of.ts';
import { entryTitle } from './timeline-view.ts';

/** Chooses what a checkpoint is compared with: the way that needs neither Shift nor a mouse. */
export function CompareWith({
  tag,
  entries,
  onCompare,
}: {
  readonly tag: string;
  readonly entries: readonly TimelineEntry[];
  readonly onCompare: (tag: string) => void;
}) {
  const id = useId();
  const others = entries.filter((entry) => checkpointOf(entry) !== null && entry.tag !== tag);
  if (others.length === 0) return null;
  return (
    <span className="timeline-compare-with" title="Shift and a click in the list do the same">
      <label htmlFor={id} className="sr">
        Compare with
      </label>
      <GitCompareArrows size={14} aria-hidden />
      <select
        id={id}
        className="field-input"
        value=""
        onChange={(event) => event.target.value !== '' && onCompare(event.target.value)}
      >
        <option value="">Compare with</option>
        {others.map((entry) => (
          <option key={entry.save} value={entry.tag ?? ''}>
            {entryTitle(entry)}
          </option>
        ))}
      </select>
    </span>
  );
}
