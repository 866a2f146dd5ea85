import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Failure } from '../describe-failure.ts';
import type { Spoken } from '../converse.ts';
import type { Answer } from './operation.ts';
import { toWebFailure } from './web-failure.ts';

/** What every answer carries, so that a browser runs nothing of it that is not ours, and shows it in no foreign frame. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Puts on an answer what protects it, and names the page of another site that may read it, if there is one. */
export function protect(response: ServerResponse, origin: string | undefined): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  response.setHeader('vary', 'Origin');
  if (origin !== undefined) response.setHeader('access-control-allow-origin', origin);
}

/** Writes what an operation answered; an answer that is spoken goes out as it comes. */
export async function writeAnswer(
  response: ServerResponse,
  answer: Answer,
  onFault: (error: unknown) => void,
): Promise<void> {
  switch (answer.kind) {
    case 'value':
      return writeJson(response, answer.status, answer.value);
    case 'text':
      response.writeHead(200, { 'content-type': answer.type }).end(answer.text);
      return;
    case 'nothing':
      response.writeHead(answer.status).end();
      return;
    case 'spoken':
      return writeSpoken(response, answer.spoken, onFault);
  }
}

/** Writes a value as JSON. */
export function writeJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

/** Writes why something could not be done. What is left of a body that nobody reads goes with its connection. */
export function writeFailure(
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  { status, error, retryAfterSeconds }: Failure,
): void {
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds));
  if (!request.complete) response.setHeader('connection', 'close');
  writeJson(response, status, { error });
}

/** What fails before the first word has a status of its own; afterwards it is an event. */
async function writeSpoken(
  response: ServerResponse,
  spoken: AsyncGenerator<Spoken>,
  onFault: (error: unknown) => void,
): Promise<void> {
  const first = await spoken.next();
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  try {
    if (first.done !== true) writeEvent(response, first.value);
    // Whoever has gone no longer hears it; the answer is kept all the same, for when the session is resumed.
    for await (const part of spoken) writeEvent(response, part);
  } catch (error) {
    const { status, error: said, isFault } = toWebFailure(error);
    if (isFault) onFault(error);
    response.write(`event: failed\ndata: ${JSON.stringify({ status, error: said })}\n\n`);
  }
  response.end();
}

function writeEvent(response: ServerResponse, part: Spoken): void {
  if (response.destroyed) return;
  const data =
    part.kind === 'text' ? { text: part.text } : { ...part.answered, timestamp: new Date().toISOString() };
  response.write(`event: ${part.kind}\ndata: ${JSON.stringify(data)}\n\n`);
}
