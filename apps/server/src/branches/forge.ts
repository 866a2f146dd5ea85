import type { ForgeCheck, Oid } from '@thalogos/contracts';

/** What a forge said of a commit: its checks, that it wants to be asked later, or that it never will tell. */
export type ForgeAnswer =
  | { readonly kind: 'checks'; readonly checks: readonly ForgeCheck[] }
  | { readonly kind: 'later'; readonly ms: number | null; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

/** A forge as far as we ask it; it answers with a value whatever happens on the way. */
export interface Forge {
  readonly read: (commit: Oid, signal: AbortSignal) => Promise<ForgeAnswer>;
}

/** Whether a forge has said its last word: at least one check, and none under way. */
export function isSettled(checks: readonly ForgeCheck[]): boolean {
  return checks.length > 0 && checks.every(({ state }) => state !== 'pending');
}
