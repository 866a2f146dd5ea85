import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProjectId, SessionId, TaskId } from '@thalogos/contracts';
import { z } from 'zod';
import type { EventHub, Sink } from './event-hub.ts';
import type { SourceFilter } from '../platform/event-source.ts';
import type { EventSource } from './event-source.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

const Cursor = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

const Query = z.object({
  after: Cursor.optional(),
  project: ProjectId.optional(),
  session: SessionId.optional(),
  task: TaskId.optional(),
});

/** A stream as asked for, or what is wrong with the asking. */
type Wish =
  | { readonly kind: 'stream'; readonly cursor: number; readonly filter: SourceFilter }
  | { readonly kind: 'wrong'; readonly message: string };

/** Serves `/events`: the log as server-sent events, from a cursor on or from now. */
export function addEventsRoute(
  server: FastifyInstance,
  { hub, source }: { hub: EventHub; source: EventSource },
): void {
  server.get('/events', { config: { kind: 'private' }, exposeHeadRoute: false }, (request, reply) => {
    const newest = source.last();
    const wish = readWish(request, newest);
    if (wish.kind === 'wrong') {
      return reply.code(400).send({
        error: {
          code: 'usage',
          message: wish.message,
          hint: 'Read the state again, and follow from its number on.',
          details: null,
        },
      });
    }
    reply.hijack();
    const { raw } = reply;
    // Without chunks one shared buffer goes to every socket as it is; the end of the stream is the end of the connection.
    raw.useChunkedEncodingByDefault = false;
    raw.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      // Who comes back knows from this when everything that was missed has come.
      'x-thalogos-event': String(newest),
    });
    raw.write('retry: 1000\n\n');
    // A reader that has gone is known by its `close`; what was on its way to it is nobody's fault.
    raw.on('error', () => undefined);
    raw.once('close', hub.join({ cursor: wish.cursor, filter: wish.filter, sink: sinkOf(raw) }));
    return reply;
  });
}

/** A browser that reconnects repeats its old address and adds how far it came, so the header counts for more. */
function readWish(request: FastifyRequest, last: number): Wish {
  const query = Query.safeParse(request.query);
  if (!query.success)
    return { kind: 'wrong', message: `The stream’s address is not right: ${z.prettifyError(query.error)}` };
  const { after, ...filter } = query.data;
  const resumed = Cursor.optional().safeParse(request.headers['last-event-id']);
  if (!resumed.success) return { kind: 'wrong', message: 'Last-Event-ID is not the number of an event.' };
  const cursor = resumed.data ?? after ?? last;
  if (cursor > last)
    return { kind: 'wrong', message: `There is no event ${cursor} yet; the newest is ${last}.` };
  return { kind: 'stream', cursor, filter: stated(filter) };
}

/** The filter without the names that were left out. */
function stated({
  project,
  session,
  task,
}: { [K in keyof SourceFilter]: SourceFilter[K] | undefined }): SourceFilter {
  return {
    ...(project === undefined ? {} : { project }),
    ...(session === undefined ? {} : { session }),
    ...(task === undefined ? {} : { task }),
  };
}

function sinkOf(raw: ServerResponse): Sink {
  return {
    write: (bytes) => {
      if (!raw.destroyed && !raw.writableEnded) raw.write(bytes);
    },
    unsent: () => raw.writableLength,
    drained: () => {
      if (raw.destroyed || !raw.writableNeedDrain) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      raw.once('drain', resolve).once('close', resolve);
      return promise;
    },
    end: (how) => {
      if (how === 'at-once') raw.destroy();
      else raw.end();
    },
  };
}
