import type { ErrorBody, ErrorCode } from '@thalogos/contracts';

/** A command that could not be carried out, with what its caller is told. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly body: ErrorBody;

  constructor(
    code: ErrorCode,
    message: string,
    more: { hint?: string; details?: unknown; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.body = { code, message, hint: more.hint ?? null, details: more.details ?? null };
  }
}

/** What the caller is told of anything that was thrown. */
export function bodyOf(thrown: unknown): ErrorBody {
  if (thrown instanceof Failure) return thrown.body;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'fault', message, hint: null, details: null };
}
