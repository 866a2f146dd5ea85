import { z } from 'zod';
import type { AgentError } from '../agent-adapter.ts';

/** An error as JSON-RPC tells it. */
const Refusal = z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() });
const Details = z.union([
  z.string(),
  z.object({ details: z.string() }).transform(({ details }) => details),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);
const Vendor = z.object({ error: z.object({ message: z.string() }) });

/** "Authentication required" in the protocol. */
const AUTH_REQUIRED = -32_000;

/** Words by which an error is known where no status is told. */
const BY_WORDS: readonly (readonly [RegExp, AgentError['class'], boolean])[] = [
  [/\b40[13]\b|unauthori[sz]ed|authenticat|api key|sign in|log ?in/i, 'auth', false],
  [/\b429\b|rate.?limit|quota|resource_exhausted/i, 'rate-limit', true],
  [/\b5\d\d\b|overloaded|unavailable/i, 'overloaded', true],
  [/context (?:window|length)|too many tokens|prompt is too long/i, 'context', false],
  [/fetch failed|network|socket|ECONN|ENOTFOUND|connection/i, 'network', true],
];

/** What a refused request says in the words all agents share; null where it is no refusal at all. */
export function translateError(thrown: unknown): AgentError | null {
  const refusal = Refusal.safeParse(thrown).data;
  if (refusal === undefined) return null;
  const message = wordsOf(refusal);
  // Some put the status of their vendor in the place of the code.
  const status = refusal.code >= 400 && refusal.code < 600 ? refusal.code : null;
  const known = status === null ? byWords(refusal.code, message) : byStatus(status, message);
  return status === null ? { ...known, message } : { ...known, httpStatus: status, message };
}

/** What an error is that is told in a sentence alone. */
export function errorOfWords(message: string): AgentError {
  const status = /\b(?:HTTP |error: )([45]\d\d)\b/.exec(message)?.[1];
  const known = byWords(0, message);
  return status === undefined ? { ...known, message } : { ...known, httpStatus: Number(status), message };
}

function wordsOf({ message, data }: z.infer<typeof Refusal>): string {
  const details = Details.safeParse(data).data;
  const whole = details === undefined || message.includes(details) ? message : `${message}: ${details}`;
  return vendorWords(whole) ?? whole;
}

/** The vendor's answer is sometimes passed on as it came. */
function vendorWords(text: string): string | null {
  try {
    return Vendor.safeParse(JSON.parse(text)).data?.error.message ?? null;
  } catch {
    return null;
  }
}

function byStatus(status: number, message: string): Pick<AgentError, 'class' | 'retryable'> {
  if (status === 401 || status === 403) return { class: 'auth', retryable: false };
  if (status === 429) return { class: 'rate-limit', retryable: true };
  if (status >= 500) {
    // A connection that was cut is called a 500 as well.
    const isNetwork = /fetch failed|socket|ECONN|ENOTFOUND/i.test(message);
    return { class: isNetwork ? 'network' : 'overloaded', retryable: true };
  }
  const isTooLong = /context|too long|token count/i.test(message);
  return { class: isTooLong ? 'context' : 'bad-request', retryable: false };
}

function byWords(code: number, message: string): Pick<AgentError, 'class' | 'retryable'> {
  if (code === AUTH_REQUIRED) return { class: 'auth', retryable: false };
  const known = BY_WORDS.find(([words]) => words.test(message));
  return known === undefined
    ? { class: 'other', retryable: false }
    : { class: known[1], retryable: known[2] };
}
