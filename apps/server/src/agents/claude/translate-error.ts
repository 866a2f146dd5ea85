import type { AgentError } from '../agent-adapter.ts';

/** What went wrong at the vendor, by its HTTP status or its name for it. */
export function translateError(
  status: number | null | undefined,
  name: string,
  retryAfterMs?: number | null,
): AgentError {
  const error = { ...classOf(status, name), message: name === '' ? `HTTP ${status ?? 'error'}` : name };
  const known = status === null || status === undefined ? error : { ...error, httpStatus: status };
  return retryAfterMs === null || retryAfterMs === undefined ? known : { ...known, retryAfterMs };
}

function classOf(status: number | null | undefined, name: string): Pick<AgentError, 'class' | 'retryable'> {
  if (status === null || status === undefined) {
    const isNetwork = /connect|network|socket|fetch|ECONN|unknown/i.test(name);
    return isNetwork ? { class: 'network', retryable: true } : { class: 'other', retryable: false };
  }
  if (status === 401 || status === 403) return { class: 'auth', retryable: false };
  if (status === 429) return { class: 'rate-limit', retryable: true };
  if (status >= 500) return { class: 'overloaded', retryable: true };
  const isTooLong = /prompt is too long|context/i.test(name);
  return { class: isTooLong ? 'context' : 'bad-request', retryable: false };
}
