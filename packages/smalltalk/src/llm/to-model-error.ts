import type { ModelReference } from '../types/language-model.ts';
import { ModelError, type ModelErrorCategory } from '../types/model-error.ts';

/** What is known about a call that failed. */
export type FailedCall = {
  readonly target: ModelReference;
  readonly signal: AbortSignal | undefined;
  /** Struck out wherever it appears. */
  readonly apiKey: string | undefined;
};

/** Finds out why a call failed, whatever client it failed in. */
export function toModelError(error: unknown, { target, signal, apiKey }: FailedCall): ModelError {
  if (error instanceof ModelError) return error;
  const whom = `${target.provider}/${target.model}`;
  if (signal?.aborted === true) return new ModelError('aborted', `The call of ${whom} was called off`);
  const status = statusOf(error);
  const said = withoutKey(messageOf(error), apiKey);
  const category = status === undefined ? byMessage(said) : byStatus(status, said);
  return new ModelError(category, `Could not ask ${whom}: ${said}`, {
    cause: new Error(said),
    status,
    retryAfterMs: retryAfterOf(error),
  });
}

const BY_STATUS: Readonly<Record<number, ModelErrorCategory>> = {
  401: 'authentication',
  403: 'authentication',
  404: 'unknown-model',
  408: 'timeout',
  413: 'context-too-long',
  429: 'rate-limited',
  504: 'timeout',
  529: 'overloaded',
};

function byStatus(status: number, said: string): ModelErrorCategory {
  const known = BY_STATUS[status];
  if (status === 429 && /insufficient_quota|exceeded your current quota|billing/i.test(said))
    return 'authentication';
  if (known !== undefined) return known;
  if (status >= 500) return 'overloaded';
  return byMessage(said, 'invalid-request');
}

const BY_MESSAGE: readonly (readonly [RegExp, ModelErrorCategory])[] = [
  [
    /context.{0,12}(length|window)|too many tokens|maximum.{0,20}tokens|prompt is too long/i,
    'context-too-long',
  ],
  [/content.?(filter|policy)|safety/i, 'content-filtered'],
  [/api key|unauthor|credential|permission/i, 'authentication'],
  [/timed? ?out|ETIMEDOUT/i, 'timeout'],
  [/rate.?limit|quota/i, 'rate-limited'],
  [/overloaded|unavailable/i, 'overloaded'],
  [
    /fetch failed|network|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|socket|terminated|premature close|connection error|aborted/i,
    'network',
  ],
  [/model.{0,60}(not found|does not exist|not support|unknown)/i, 'unknown-model'],
];

function byMessage(said: string, otherwise: ModelErrorCategory = 'protocol'): ModelErrorCategory {
  return BY_MESSAGE.find(([pattern]) => pattern.test(said))?.[1] ?? otherwise;
}

/** The message of an error with those of its causes, for a client that hides the reason in there. */
function messageOf(error: unknown, depth = 3): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined || depth === 0 ? '' : ` (${messageOf(error.cause, depth - 1)})`;
  return `${error.message}${cause}`;
}

function statusOf(error: unknown): number | undefined {
  const status = fieldOf(error, 'status') ?? fieldOf(error, 'statusCode');
  if (typeof status === 'number') return status;
  // Google's client writes the status into the message alone.
  const written = /\[(\d{3}) [^\]]*\]/.exec(messageOf(error))?.[1];
  return written === undefined ? undefined : Number(written);
}

function retryAfterOf(error: unknown): number | undefined {
  const headers = fieldOf(error, 'headers');
  const value = headers instanceof Headers ? headers.get('retry-after') : fieldOf(headers, 'retry-after');
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return seconds >= 0 ? seconds * 1000 : undefined;
}

function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === field)?.[1];
}

function withoutKey(text: string, apiKey: string | undefined): string {
  const struck = apiKey === undefined || apiKey === '' ? text : text.replaceAll(apiKey, '***');
  return struck.replaceAll(/\b(sk|gsk|AIza)[-_A-Za-z0-9]{16,}/g, '***');
}
