import type { ErrorBody, ErrorCode } from '@thalogos/contracts';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { isDiskFull } from '../platform/disk-full.ts';
import { Refusal } from '../platform/refusal.ts';

type TrpcCode = TRPCError['code'];

/** Which answer of HTTP each refusal is; what is not here is the caller's to settle, not the transport's: 409. */
const STATUS: Partial<Record<ErrorCode, TrpcCode>> = {
  usage: 'BAD_REQUEST',
  'bad-config': 'BAD_REQUEST',
  'bad-goal': 'BAD_REQUEST',
  'unknown-agent': 'BAD_REQUEST',
  'not-a-repository': 'BAD_REQUEST',
  'not-found': 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  unauthorised: 'UNAUTHORIZED',
  'too-large': 'PAYLOAD_TOO_LARGE',
  'rate-limited': 'TOO_MANY_REQUESTS',
  unreachable: 'SERVICE_UNAVAILABLE',
  fault: 'INTERNAL_SERVER_ERROR',
};

/** What tRPC itself says of a call that it can't make sense of. */
const USAGE: ReadonlySet<TrpcCode> = new Set(['BAD_REQUEST', 'PARSE_ERROR', 'METHOD_NOT_SUPPORTED']);

/** Makes of a refusal what tRPC sends, under the status that fits it. */
export function toTrpcError(refusal: Refusal): TRPCError {
  return new TRPCError({
    code: STATUS[refusal.code] ?? 'CONFLICT',
    message: refusal.message,
    cause: refusal,
  });
}

/** Turns whatever a call threw into the body that a person or a program is shown; a fault's inner text stays in the log. */
export function toErrorBody(error: TRPCError): ErrorBody {
  const cause = error.cause;
  if (cause instanceof Refusal) return refusalBody(cause);
  if (USAGE.has(error.code)) {
    const why = cause instanceof z.core.$ZodError ? z.prettifyError(cause) : error.message;
    return plain('usage', `The call's input is not right: ${why}`);
  }
  if (error.code === 'NOT_FOUND') return plain('not-found', error.message);
  if (isDiskFull(cause))
    return {
      code: 'fault',
      message: 'The disk of the data directory is full; nothing was changed.',
      hint: 'Free some space and try again.',
      details: null,
    };
  return {
    code: 'fault',
    message: `Something failed inside the server: ${error.message}`,
    hint: 'Nothing was half done that the next start would not mend; see the log in the data directory.',
    details: null,
  };
}

/** What a refusal tells the caller. */
export function refusalBody({ code, message, hint, details }: Refusal): ErrorBody {
  return { code, message, hint, details };
}

function plain(code: ErrorCode, message: string): ErrorBody {
  return { code, message, hint: null, details: null };
}
