import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AttachmentId, type Attachment, UploadQuery } from '@thalogos/contracts';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { reaches, type Role } from '../access/role.ts';
import { isPicture } from '../attachments/attachment.ts';
import type { AttachmentCalls } from '../attachments/attachments.api.ts';
import { Refusal } from '../platform/refusal.ts';
import { refusalBody, toTrpcError } from './to-trpc-error.ts';

const Params = z.object({ attachment: AttachmentId });

/** Nothing that a file holds may run, load or be taken for another kind of file, whatever a browser is told to do with it. */
const HELD = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
};

/** Serves `/upload`: a file comes in as bare bytes, streamed to disk, and goes out by its name; only pictures are shown in place. */
export async function addUploadRoute(server: FastifyInstance, calls: AttachmentCalls): Promise<void> {
  await server.register((scope, _options, done) => {
    // Its bytes are read by the handler, one piece at a time.
    scope.addContentTypeParser('application/octet-stream', (_request, _body, parsed) => parsed(null));
    scope.post('/upload', { config: { kind: 'upload' } }, (request, reply) =>
      answer(request, reply, () => receive(request, calls)),
    );
    scope.get(
      '/upload/:attachment',
      { config: { kind: 'private' }, exposeHeadRoute: false },
      (request, reply) => answer(request, reply, () => send(request, reply, calls)),
    );
    done();
  });
}

async function receive(request: FastifyRequest, calls: AttachmentCalls): Promise<Attachment> {
  demand(request, 'operator');
  const { project, name } = parse(UploadQuery, request.query);
  // Who sends too much is still told so: ending the reading must not end the connection.
  const body = request.raw.iterator({ destroyOnReturn: false });
  return calls.keep({ project, name, body });
}

async function send(request: FastifyRequest, reply: FastifyReply, calls: AttachmentCalls): Promise<unknown> {
  demand(request, 'viewer');
  const { attachment, file } = calls.content(parse(Params, request.params).attachment);
  const size = await stat(file).then(
    ({ size: bytes }) => bytes,
    () => null,
  );
  if (size === null)
    throw new Refusal('not-found', `The content of ${attachment.name} is gone from the data directory.`, {
      hint: 'Hand it in again, or put the folder "attachments" back from a backup.',
    });
  const way = isPicture(attachment) ? 'inline' : 'attachment';
  return reply
    .headers({
      ...HELD,
      'content-type': isPicture(attachment) ? attachment.mediaType : 'application/octet-stream',
      'content-length': size,
      'content-disposition': `${way}; filename*=UTF-8''${encoded(attachment.name)}`,
      'cache-control': 'private, max-age=86400, immutable',
    })
    .send(createReadStream(file));
}

/** The name as headers carry it (RFC 8187). */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
}

async function answer(request: FastifyRequest, reply: FastifyReply, act: () => Promise<unknown>) {
  try {
    return await act();
  } catch (cause) {
    // Whoever sent half a file has gone, and hears no answer.
    if (request.raw.destroyed && !request.raw.complete) return reply.hijack();
    if (!(cause instanceof Refusal)) throw cause;
    if (!request.raw.complete) reply.header('connection', 'close');
    return reply
      .code(getHTTPStatusCodeFromError(toTrpcError(cause)))
      .header('cache-control', 'no-store')
      .send({ error: refusalBody(cause) });
  }
}

function demand({ actor }: FastifyRequest, role: Role): void {
  if (actor === null)
    throw new Error('Could not take a file from nobody: the gate lets none through without a caller');
  if (reaches(actor.role, role)) return;
  throw new Refusal('forbidden', `This needs the role ${role}; ${actor.name} is ${actor.role}.`);
}

function parse<T extends z.ZodType>(schema: T, given: unknown): z.infer<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Refusal('usage', `The address is not right: ${z.prettifyError(parsed.error)}`);
}
