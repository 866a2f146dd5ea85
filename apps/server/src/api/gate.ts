import type { Access, Identity } from '../access/access.ts';
import type { Clock } from '../platform/clock.ts';
import type { GateLimits } from './gate-limits.ts';
import {
  type Asked,
  checkBatch,
  checkCall,
  checkContentType,
  checkLength,
  checkNames,
  header,
  type Names,
  type TurnedAway,
} from './gate-rules.ts';
import { makeTokenBuckets } from './token-bucket.ts';

/** What the gate says to a request: who comes in (nobody in particular on public routes), or why not. */
export type Ruling =
  | {
      readonly kind: 'open';
      readonly identity: Identity | null /** To be called once the request or stream has ended. */;
      readonly leave: () => void;
    }
  | { readonly kind: 'closed'; readonly because: TurnedAway };

/** The one gate in front of everything: calls, streams and static files. */
export interface Gate {
  rule(asked: Asked): Ruling;
  /** From now on new calls are answered 503. */
  close(): void;
}

/** What a gate needs; the names are asked for each time, since the port is known only once the server listens. */
export interface GateOptions {
  readonly names: () => Names;
  readonly port: () => number;
  readonly access: Access;
  readonly limits: GateLimits;
  readonly clock: Clock;
}

const TOO_FAST: TurnedAway = {
  status: 429,
  code: 'rate-limited',
  message: 'Too many requests.',
  hint: 'Wait a moment.',
};
const TOO_MANY: TurnedAway = {
  status: 429,
  code: 'rate-limited',
  message: 'Too many connections are open with this token.',
  hint: 'Close some of the console’s tabs.',
};
const UNKNOWN: TurnedAway = {
  status: 401,
  code: 'unauthorised',
  message: 'This needs the token.',
  hint: 'Open the address that the server printed, or send "Authorization: Bearer TOKEN".',
};
const STOPPING: TurnedAway = {
  status: 503,
  code: 'unreachable',
  message: 'The server is stopping.',
  hint: 'Start it again.',
  retryAfter: 5,
};

/** Makes the gate; it looks at names, then at who asks, then at the shape of the request, then at how much of it there is. */
export function makeGate({ names, port, access, limits, clock }: GateOptions): Gate {
  const requests = makeTokenBuckets(limits.requests, clock);
  const exchanges = makeTokenBuckets(limits.exchanges, clock);
  const open = new Map<string, number>();
  let isClosing = false;

  const identify = (asked: Asked) =>
    access.identify(
      { authorization: header(asked, 'authorization'), cookie: header(asked, 'cookie') },
      port(),
    );

  const shape = (asked: Asked) =>
    checkCall(asked) ??
    checkContentType(asked) ??
    checkLength(asked, asked.kind === 'upload' ? limits.upload : limits.body) ??
    checkBatch(asked, limits.batch);

  const amount = (asked: Asked, credential: string): TurnedAway | null => {
    const seconds = (asked.kind === 'exchange' ? exchanges : requests).take(`${credential} ${asked.address}`);
    if (seconds > 0) return { ...TOO_FAST, retryAfter: seconds };
    return (open.get(credential) ?? 0) >= limits.connections && needsToken(asked)
      ? { ...TOO_MANY, retryAfter: 1 }
      : null;
  };

  const enter = (asked: Asked, identity: Identity | null): Ruling => {
    const because =
      shape(asked) ??
      amount(asked, identity?.credential ?? 'nobody') ??
      (isClosing && needsToken(asked) ? STOPPING : null);
    if (because !== null) return { kind: 'closed', because };
    if (identity === null || !needsToken(asked)) return { kind: 'open', identity, leave: () => undefined };
    return { kind: 'open', identity, leave: count(open, identity.credential) };
  };

  return {
    rule: (asked) => {
      const foreign = checkNames(asked, names());
      if (foreign !== null) return { kind: 'closed', because: foreign };
      const identity = identify(asked);
      if (identity === null && needsToken(asked)) return { kind: 'closed', because: UNKNOWN };
      return enter(asked, identity);
    },
    close: () => {
      isClosing = true;
    },
  };
}

/** Files and probes are open to all, end at once, and are not worth counting. */
function needsToken({ kind }: Asked): boolean {
  return kind === 'call' || kind === 'upload' || kind === 'private' || kind === 'socket';
}

function count(open: Map<string, number>, credential: string): () => void {
  open.set(credential, (open.get(credential) ?? 0) + 1);
  let hasLeft = false;
  return () => {
    if (hasLeft) return;
    hasLeft = true;
    const rest = (open.get(credential) ?? 1) - 1;
    if (rest === 0) open.delete(credential);
    else open.set(credential, rest);
  };
}
