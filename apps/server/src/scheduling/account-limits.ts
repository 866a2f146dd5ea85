import type { AccountLimit } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import { KNOWN_AGENTS } from './profiles.ts';
import type { LimitStore } from './limit-store.ts';

/** What keeping limits of accounts needs. */
export interface AccountLimitDeps {
  readonly store: LimitStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** What a run came to that was refused by its vendor, or was not. */
export interface About {
  readonly project: string;
  readonly session: string;
  readonly task: string;
}

/** A vendor's word that there is no more for now. */
export interface Refused {
  readonly message: string;
  /** How long the vendor asks to wait; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;
  /** Whether the run ended with it; an agent that tries again by itself is no further strike. */
  readonly isEnd: boolean;
}

/** Until when each account of a vendor gives nothing; it outlives the server. */
export interface AccountLimits {
  /** Null while the account is free. */
  of(account: string): AccountLimit | null;
  refused(account: string, refused: Refused, about: About): void;
  /** A run ended well: the next refusal counts as the first. */
  served(account: string, about: About): void;
}

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 30 * 60_000;
const RETRYING_WAIT_MS = 15_000;

/** How long to leave an account alone: as its vendor says, else a minute, doubled each time in a row. */
export function waitAfter({ retryAfterMs, isEnd }: Refused, strikes: number): number {
  if (retryAfterMs !== undefined) return retryAfterMs;
  return isEnd ? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** strikes) : RETRYING_WAIT_MS;
}

/** Keeps the limits of accounts, each change with the event that tells it. */
export function makeAccountLimits({ store, recorder, clock }: AccountLimitDeps): AccountLimits {
  return {
    of: (account) => {
      const kept = store.limit(account);
      return kept === null || kept.until <= clock.now() ? null : { until: kept.until, reason: kept.reason };
    },
    refused: (account, refused, about) =>
      recorder.transact(() => {
        const before = store.limit(account);
        const strikes = before?.strikes ?? 0;
        const until = clock.now() + waitAfter(refused, strikes);
        // What was said first and reaches further holds.
        if (before !== null && before.until >= until && !refused.isEnd) return;
        const kept = Math.max(until, before?.until ?? 0);
        const reason = refused.message.slice(0, 300);
        store.putLimit({ account, until: kept, strikes: strikes + (refused.isEnd ? 1 : 0), reason });
        const data = { account, until: kept, reason, agents: agentsOf(account) };
        recorder.record({ type: 'account.limited', ...about, by: 'orchestrator', data });
      }),
    served: (account, about) => {
      if (store.limit(account) === null) return;
      recorder.transact(() => {
        store.dropLimit(account);
        recorder.record({ type: 'account.freed', ...about, by: 'orchestrator', data: { account } });
      });
    },
  };
}

function agentsOf(account: string): string[] {
  const known = Object.entries(KNOWN_AGENTS).filter(([, agent]) => agent.account === account);
  return known.length === 0 ? [account] : known.map(([name]) => name);
}
