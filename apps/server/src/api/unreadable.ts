import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { SECURITY_HEADERS } from './security-headers.ts';

const STATUS = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
]);
const BODY = JSON.stringify({
  error: { code: 'usage', message: 'The request could not be read.', hint: null, details: null },
});
const HEAD = Object.entries({
  ...SECURITY_HEADERS,
  'content-type': 'application/json; charset=utf-8',
  'content-length': String(Buffer.byteLength(BODY)),
  'cache-control': 'no-store',
  connection: 'close',
}).map(([name, value]) => `${name}: ${value}\r\n`);

/** Answers bytes that are no request, with what every other answer carries. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  // Whoever hung up, or is in the middle of an answer, is not told anything.
  if (socket.writable && error.code !== 'ECONNRESET' && socket.bytesWritten === 0)
    socket.write(
      `HTTP/1.1 ${STATUS.get(error.code ?? '') ?? '400 Bad Request'}\r\n${HEAD.join('')}\r\n${BODY}`,
    );
  socket.destroySoon();
}

/** Answers an address that can't be read, which no route and so no gate has seen. */
export function answerUnreadableAddress(_error: Error, _request: unknown, reply: FastifyReply): void {
  reply.headers(SECURITY_HEADERS).code(400).type('application/json').send(BODY);
}
