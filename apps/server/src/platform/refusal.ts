import type { ErrorCode } from '@thalogos/contracts';

/** A call that can't be carried out as asked, with what the caller can do about it; reaches one handler, `to-trpc-error.ts`. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly details: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    more: { hint?: string; details?: unknown; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'Refusal';
    this.code = code;
    this.hint = more.hint ?? null;
    this.details = more.details ?? null;
  }
}
