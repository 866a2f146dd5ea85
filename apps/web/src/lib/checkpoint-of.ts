import type { TimelineEntry } from '@thalogos/contracts';

/** The checkpoint that an entry is: a Save or a restore that landed. A promotion names one without being it. */
export function checkpointOf({ kind, tag }: Pick<TimelineEntry, 'kind' | 'tag'>): string | null {
  return kind === 'save' || kind === 'restore' ? tag : null;
}
