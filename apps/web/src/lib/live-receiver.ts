import type { ThalogosEvent } from '@thalogos/contracts';

/** What a tab does with what it hears. */
export interface ReceiverHands {
  apply(event: ThalogosEvent): void;
  /** Everything may be old: ask for all of it again. */
  resync(): void;
  /** Everything up to this number is known now. */
  seen(seq: number): void;
  /** So many events were missed while the link was gone, and all of them are known now. */
  caughtUp(count: number): void;
}

/** Takes events in, each once and in order, and knows what was missed. */
export interface Receiver {
  seq(): number;
  /** `gap`: one before it is missing, and it was not taken. */
  take(event: ThalogosEvent): 'taken' | 'known' | 'gap';
  /** Everything is asked for again; the events up to `seq` are part of the answers. A log that was reset may go back. */
  jump(seq: number, mayGoBack: boolean): void;
  /** The link is gone. */
  lose(): void;
  /** The link is back, and `newest` was the newest event then. */
  back(newest: number | null): void;
}

/** A receiver that has seen everything up to `from`. */
export function makeReceiver(from: number, hands: ReceiverHands): Receiver {
  let seq = from;
  let lostAt: number | null = null;
  let goal: number | null = null;
  const move = (to: number) => {
    seq = to;
    hands.seen(seq);
    if (goal === null || lostAt === null || seq < goal) return;
    const count = goal - lostAt;
    lostAt = null;
    goal = null;
    if (count > 0) hands.caughtUp(count);
  };
  return {
    seq: () => seq,
    take: (event) => {
      if (event.seq <= seq) return 'known';
      if (event.seq > seq + 1) return 'gap';
      hands.apply(event);
      move(event.seq);
      return 'taken';
    },
    jump: (to, mayGoBack) => {
      hands.resync();
      move(mayGoBack ? to : Math.max(seq, to));
    },
    lose: () => {
      lostAt ??= seq;
      goal = null;
    },
    back: (newest) => {
      if (lostAt === null) return;
      goal = newest ?? lostAt;
      move(seq);
    },
  };
}
