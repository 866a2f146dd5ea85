import { ErrorBody } from '@thalogos/contracts';
import { z } from 'zod';

const Carrier = z.object({ data: z.object({ body: ErrorBody }) });

/** What a failed call told the person: the server's own body, else what the browser knows. */
export function describeError(error: unknown): ErrorBody {
  const carried = Carrier.safeParse(error);
  if (carried.success) return carried.data.data.body;
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
