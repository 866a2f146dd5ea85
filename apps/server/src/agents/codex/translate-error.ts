import { z } from 'zod';
import type { AgentError } from '../agent-adapter.ts';
import type { NativeError } from './protocol.ts';

const WithStatus = z.record(z.string(), z.object({ httpStatusCode: z.number().nullish() }));

type ErrorClass = AgentError['class'];

const WORDS: Readonly<Record<string, ErrorClass>> = {
  contextWindowExceeded: 'context',
  sessionBudgetExceeded: 'rate-limit',
  usageLimitExceeded: 'rate-limit',
  rateLimitExceeded: 'rate-limit',
  serverOverloaded: 'overloaded',
  flexUnavailable: 'overloaded',
  policyCapacityUnavailable: 'overloaded',
  internalServerError: 'overloaded',
  unauthorized: 'auth',
  badRequest: 'bad-request',
  modelNotFound: 'bad-request',
  sandboxError: 'sandbox',
};
/** Trying again may help with these; with the others it gives the same answer. */
const PASSING: ReadonlySet<ErrorClass> = new Set(['rate-limit', 'overloaded', 'network']);
const TRY_AGAIN = /try again in (\d+(?:\.\d+)?)\s*(ms|seconds?|s|minutes?|m)\b/i;

/** Codex's typed errors in the words all agents share. */
export function translateError({ message, codexErrorInfo, additionalDetails }: NativeError): AgentError {
  const { word, httpStatus } = readInfo(codexErrorInfo);
  const errorClass = classify(word, httpStatus);
  const details =
    additionalDetails === null || additionalDetails === undefined ? '' : ` (${additionalDetails})`;
  const retryAfterMs = readRetryAfter(`${message}${details}`);
  return {
    class: errorClass,
    message: `${message}${details}`,
    retryable: PASSING.has(errorClass),
    ...(httpStatus === null ? {} : { httpStatus }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
}

function readInfo(info: unknown): { readonly word: string; readonly httpStatus: number | null } {
  if (typeof info === 'string') return { word: info, httpStatus: null };
  const [entry] = Object.entries(WithStatus.safeParse(info).data ?? {});
  return { word: entry?.[0] ?? 'other', httpStatus: entry?.[1].httpStatusCode ?? null };
}

function classify(word: string, status: number | null): ErrorClass {
  if (status !== null && status >= 400) return classifyStatus(status);
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  // What is left of these words without a status never reached a server.
  return known ?? (/^(http|response)/.test(word) ? 'network' : 'other');
}

function classifyStatus(status: number): ErrorClass {
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rate-limit';
  return status >= 500 ? 'overloaded' : 'bad-request';
}

/** Milliseconds that a sentence such as "try again in 20s" asks for. */
function readRetryAfter(text: string): number | null {
  const [, amount, unit = ''] = TRY_AGAIN.exec(text) ?? [];
  if (amount === undefined) return null;
  const factor = unit === 'ms' ? 1 : unit.startsWith('m') ? 60_000 : 1000;
  return Math.ceil(Number(amount) * factor);
}
