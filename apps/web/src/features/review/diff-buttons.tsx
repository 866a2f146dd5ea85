import { ChevronDown, ChevronRight, Plus } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Side } from './line-steps.ts';

/** Folds a file away, or back. */
export function FoldButton({
  isFolded,
  onFold,
}: {
  readonly isFolded: boolean;
  readonly onFold: () => void;
}) {
  const Icon = isFolded ? ChevronRight : ChevronDown;
  return (
    <IconButton size="sm" label={isFolded ? 'Unfold the file' : 'Fold the file'} onClick={onFold}>
      <Icon size={14} aria-hidden />
    </IconButton>
  );
}

/** The sign beside the line under the pointer that begins a comment on it. */
export function AddButton({
  findLine,
  onBegin,
}: {
  readonly findLine: () => { readonly lineNumber: number } | undefined;
  readonly onBegin: (line: number, side: Side) => void;
}) {
  const begin = () => {
    const line = findLine();
    if (line === undefined || !('side' in line)) return;
    if (line.side === 'additions' || line.side === 'deletions') onBegin(line.lineNumber, line.side);
  };
  return (
    <button type="button" className="review-add" aria-label="Comment on this line" onClick={begin}>
      <Plus size={14} aria-hidden />
    </button>
  );
}
