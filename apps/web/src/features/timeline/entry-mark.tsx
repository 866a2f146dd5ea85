import type { TimelineEntry } from '@thalogos/contracts';
import { ArrowUpRight, Undo2 } from 'lucide-react';
import { StateIcon } from '../../ui/state-icon.tsx';
import { entryLook } from './timeline-view.ts';

/** The sign of an entry on the lane. */
export function EntryMark({ entry }: { readonly entry: TimelineEntry }) {
  const look = entryLook(entry);
  if (look === 'promoted') return <ArrowUpRight size={16} aria-hidden />;
  return look === 'restored' ? <Undo2 size={16} aria-hidden /> : <StateIcon look={look} />;
}
