import type { IncomingMessage } from 'node:http';
import { WebRefusal } from './web-refusal.ts';

/** The JSON of a request's body; of one that is too long no more is read than is allowed. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(request.headers['content-type'] ?? ''))
    throw new WebRefusal(415, 'A body must be application/json');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLong(maxBytes);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > maxBytes) throw tooLong(maxBytes);
    chunks.push(chunk);
  }
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return parsed;
  } catch {
    throw new WebRefusal(400, 'The body is not JSON');
  }
}

function tooLong(maxBytes: number): WebRefusal {
  return new WebRefusal(413, `A body has at most ${String(maxBytes)} bytes`);
}
