import { CALL_HEADER } from './trpc.ts';

/** What the page knows about its right to be here. */
export type AuthOutcome = 'exchanged' | 'no-token' | 'refused' | 'unreachable';

/** The token of a `#token=...` fragment, if the address has one. */
function tokenOf(fragment: string): string | null {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token');
}

/**
 * Trades the token of the address for a cookie that scripts can't read.
 * The token leaves the address bar and the history before anything else happens.
 */
export async function exchangeToken(): Promise<AuthOutcome> {
  const token = tokenOf(location.hash);
  if (token === null) return 'no-token';
  history.replaceState(history.state, '', location.pathname + location.search);
  try {
    const answer = await fetch('/auth/exchange', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...CALL_HEADER },
      body: JSON.stringify({ token }),
    });
    return answer.ok ? 'exchanged' : 'refused';
  } catch {
    return 'unreachable';
  }
}

/** Whether a failed call says that the page has no right (or no right any more) to be here. */
export function isUnauthorised(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('data' in error)) return false;
  const { data } = error;
  if (typeof data !== 'object' || data === null) return false;
  return (
    ('httpStatus' in data && data.httpStatus === 401) || ('code' in data && data.code === 'UNAUTHORIZED')
  );
}
