import type { Clock } from '../platform/clock.ts';
import { fingerprint, newSecret } from './credential.ts';

const LIFETIME_MS = 60_000;

/** Codes that stand in for the token once, for a command line that other users of the machine can read (the browser's). */
export interface OneTimeCodes {
  /** A new code, good for one exchange within a minute. */
  issue(): string;
  /** True once for each code that was issued and has not run out. */
  redeem(code: string): boolean;
}

/** Keeps codes in memory, by their fingerprint. */
export function makeOneTimeCodes(clock: Clock): OneTimeCodes {
  const expiry = new Map<string, number>();
  return {
    issue: () => {
      const code = newSecret();
      expiry.set(fingerprint(code), clock.now() + LIFETIME_MS);
      return code;
    },
    redeem: (code) => {
      const key = fingerprint(code);
      const until = expiry.get(key);
      expiry.delete(key);
      return until !== undefined && clock.now() <= until;
    },
  };
}
