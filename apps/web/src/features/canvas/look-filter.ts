import { create } from 'zustand';
import type { StateLook } from '../../ui/task-look.ts';

/** Which look the graph brings forward; everything else is dimmed. */
export const useLookFilter = create<{ readonly only: StateLook | null }>()(() => ({ only: null }));

/** Brings one look forward, or everything again when it was that one already. */
export function toggleLook(look: StateLook): void {
  useLookFilter.setState(({ only }) => ({ only: only === look ? null : look }));
}
