import { MAX_ATTACHMENT_BYTES } from '@thalogos/contracts';
import type { Rate } from './token-bucket.ts';

/** Where the gate draws its lines. */
export interface GateLimits {
  /** Bytes of one request's body. */
  readonly body: number;
  /** Bytes of one file that is handed in. */
  readonly upload: number;
  /** Calls in one batch. */
  readonly batch: number;
  /** Requests and streams that one token may have open at once. */
  readonly connections: number;
  /** Requests of one token from one address. */
  readonly requests: Rate;
  /** Attempts to exchange a token from one address. */
  readonly exchanges: Rate;
}

/** The lines of a server on a person's own machine. */
export const DEFAULT_LIMITS: GateLimits = {
  body: 1024 * 1024,
  upload: MAX_ATTACHMENT_BYTES,
  batch: 20,
  connections: 50,
  requests: { burst: 400, perSecond: 100 },
  exchanges: { burst: 20, perSecond: 2 },
};
