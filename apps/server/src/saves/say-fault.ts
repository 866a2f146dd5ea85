import { isDiskFull } from '../platform/disk-full.ts';

/** What a person is told when a Save could not go on and nothing of it is on `main`. */
export function sayFault(cause: unknown): { readonly why: string; readonly fix: string } {
  if (isDiskFull(cause))
    return {
      why: `A disk is full: ${messageOf(cause)}`,
      fix: 'Free some space and save again; main is where it was.',
    };
  return {
    why: `Something failed inside Thalogos: ${messageOf(cause)}`,
    fix: 'Look at the log and save again; main is where it was.',
  };
}

/** What a person is told while a Save that broke waits for its next try, in `ms` milliseconds. */
export function sayRetry(cause: unknown, ms: number): string {
  const what = isDiskFull(cause) ? 'A disk is full; free some space' : messageOf(cause);
  return `${what}. Nothing is lost; it is tried again in ${Math.round(ms / 1000)} s.`;
}

/** What a person is told when a delivery broke; it waits until they try again. */
export function sayBrokenDelivery(cause: unknown): string {
  const help = isDiskFull(cause) ? ' Free some space and try again.' : '';
  return `Delivery failed: ${messageOf(cause)}${help}`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
