import { NotFoundError, SessionGoneError, SessionLimitError, ValidationError } from '../types/errors.ts';
import { ModelError } from '../types/model-error.ts';
import { NotRunningError } from '../types/not-running-error.ts';

/** What went wrong, as people and programs outside may know it. */
export type Failure = {
  /** HTTP's, which every interface uses. */
  readonly status: number;
  readonly error: string;
  readonly retryAfterSeconds?: number;
  /** Whether it is ours: then the log has the rest, and outside nothing of it is said. */
  readonly isFault: boolean;
};

/** Tells an error apart from a fault, the same way for every interface. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof SessionLimitError || error instanceof NotRunningError)
    return { status: 503, error: error.message, retryAfterSeconds: 60, isFault: false };
  if (error instanceof SessionGoneError) return expected(410, error);
  if (error instanceof NotFoundError) return expected(404, error);
  if (error instanceof ValidationError) return expected(400, error);
  // The categories are ours; the provider's own words may name what is nobody's business.
  if (error instanceof ModelError)
    return { status: 502, error: `No agent could answer (${error.category})`, isFault: true };
  return { status: 500, error: 'Something went wrong here; the log says what', isFault: true };
}

function expected(status: number, { message }: Error): Failure {
  return { status, error: message, isFault: false };
}
