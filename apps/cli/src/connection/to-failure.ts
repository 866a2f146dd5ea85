import { ErrorBody } from '@thalogos/contracts';
import { TRPCClientError } from '@trpc/client';
import { Failure } from '../failure.ts';

/** What a failed call means to the caller: the server's own words where it had some. */
export function toFailure(thrown: unknown): unknown {
  if (!(thrown instanceof TRPCClientError)) return thrown;
  const data: unknown = thrown.data;
  const body = bodyIn(data) ?? bodyIn(thrown.meta?.['responseJSON']);
  if (body !== null) {
    const { code, message, hint, details } = body;
    return new Failure(code, message, { details, cause: thrown, ...(hint === null ? {} : { hint }) });
  }
  if (isUnreachable(thrown)) {
    return new Failure('unreachable', 'The server went away before it answered', {
      hint: 'Try again; what it had begun is taken up when it starts.',
      cause: thrown,
    });
  }
  return new Failure('fault', thrown.message, { cause: thrown });
}

/** Whether a call failed because nobody answered, and not because of what was answered. */
export function isUnreachable(thrown: unknown): boolean {
  if (thrown instanceof Failure) return thrown.body.code === 'unreachable';
  return (
    thrown instanceof TRPCClientError &&
    (thrown.data === undefined || thrown.data === null) &&
    thrown.meta?.['response'] === undefined
  );
}

function bodyIn(value: unknown): ErrorBody | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [, inner] of Object.entries(value)) {
    const parsed = ErrorBody.safeParse(inner);
    if (parsed.success) return parsed.data;
  }
  return null;
}
