import { ERROR_CODES, type ErrorBody } from '@thalogos/contracts';

/** What stands under a name of something unknown. */
function partOf(whole: unknown, name: string): unknown {
  if (typeof whole !== 'object' || whole === null) return undefined;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(whole);
  return entries.find(([key]) => key === name)?.[1];
}

/** The body that a failed call carries, if it is one of our server's. */
function bodyOf(error: unknown): ErrorBody | null {
  const body = partOf(partOf(error, 'data'), 'body');
  const code = ERROR_CODES.find((one) => one === partOf(body, 'code'));
  const message = partOf(body, 'message');
  const hint = partOf(body, 'hint') ?? null;
  if (code === undefined || typeof message !== 'string') return null;
  if (typeof hint !== 'string' && hint !== null) return null;
  return { code, message, hint, details: partOf(body, 'details') };
}

/** What a failed call told the person: the server's own body, else what the browser knows. */
export function describeError(error: unknown): ErrorBody {
  const carried = bodyOf(error);
  if (carried !== null) return carried;
  const message = error instanceof Error ? error.message : String(error);
  const isNetwork = /failed to fetch|networkerror|load failed/i.test(message);
  return isNetwork
    ? {
        code: 'unreachable',
        message: 'The server does not answer.',
        hint: 'It goes on by itself as soon as the server is back.',
        details: null,
      }
    : { code: 'fault', message, hint: null, details: null };
}

/** Takes what looks like a secret out of a text that is about to leave the page. */
export function redact(text: string): string {
  return text
    .replace(/(token|bearer|key|secret|password)(["'\s:=]+)[^\s"']{6,}/gi, '$1$2[removed]')
    .replace(/\b(sk|ghp|gho|xox[bp])[-_][\w-]{10,}/g, '[removed]');
}
