/** How long a service may take to accept an alert, in milliseconds: two attempts are well within half a minute. */
const ACCEPT_WITHIN_MS = 10_000;

/** Posts JSON, once more where the service could not be reached or is at fault; rejects where it was not accepted. */
export async function postJson(what: string, url: string, body: unknown): Promise<void> {
  const first = await attempt(url, body);
  if (first === 'accepted') return;
  const second = first.isPassing ? await attempt(url, body) : first;
  if (second === 'accepted') return;
  throw new Error(`${what} did not take an alert: ${second.why}`, { cause: second.cause });
}

type Refused = { readonly why: string; readonly isPassing: boolean; readonly cause?: unknown };

async function attempt(url: string, body: unknown): Promise<'accepted' | Refused> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(ACCEPT_WITHIN_MS),
    });
    await response.body?.cancel();
    if (response.ok) return 'accepted';
    return { why: `it answered ${String(response.status)}`, isPassing: response.status >= 500 };
  } catch (cause) {
    return { why: 'it could not be reached', isPassing: true, cause };
  }
}
