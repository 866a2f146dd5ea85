import { type AnyMessage, client, type ClientConnection, methods } from '@agentclientprotocol/sdk';
import type { RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk';
import { z } from 'zod';
import { SessionUpdate } from './protocol.ts';
import type { NativeEvent } from './translate.ts';

const Call = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.string(),
  params: z.unknown().optional(),
});
const Answer = z.object({ jsonrpc: z.literal('2.0'), id: z.union([z.string(), z.number()]) }).and(
  z.union([
    z.object({
      error: z.object({ code: z.int(), message: z.string(), data: z.unknown().optional() }),
    }),
    z.object({ result: z.unknown() }).refine((answer) => 'result' in answer),
  ]),
);

/** Who hears what an agent says by itself. */
export interface AcpListener {
  readonly onUpdate: (sessionId: string, update: NativeEvent) => void;
  readonly onPermission: (
    requestId: string,
    request: RequestPermissionRequest,
  ) => Promise<RequestPermissionResponse>;
  /** A line that is no message of the protocol, or answers nothing that was asked. */
  readonly onNoise: (line: string) => void;
}

/** Our side of the protocol over lines of JSON. */
export interface AcpLink {
  readonly connection: ClientConnection;
  /** To be told every line of the process. */
  receive(line: string): void;
  /** Fails every open request. */
  end(error: Error): void;
}

/**
 * Connects to an agent through lines.
 *
 * Nothing of this machine is offered: the agent works on its files and runs its commands by itself, where it is
 * contained. Updates are told at once and in order, before the answer that follows them.
 */
export function connectAcp(send: (message: unknown) => void, listener: AcpListener): AcpLink {
  const open = new Set<string | number>();
  let controller: ReadableStreamDefaultController<AnyMessage> | null = null;
  const readable = new ReadableStream<AnyMessage>({
    start(made) {
      controller = made;
    },
  });
  const writable = new WritableStream<AnyMessage>({
    write(message) {
      if ('method' in message && 'id' in message && message.id !== null) open.add(message.id);
      send(message);
    },
  });
  const connection = client({ name: 'thalogos' })
    .onRequest(methods.client.session.requestPermission, ({ requestId, params }) =>
      listener.onPermission(String(requestId), params),
    )
    .connect({ readable, writable });
  return {
    connection,
    receive(line) {
      if (line.trim() === '') return;
      const told = parse(line);
      const update = SessionUpdate.safeParse(told).data;
      if (update !== undefined) {
        listener.onUpdate(update.params.sessionId, update.params.update);
        return;
      }
      const message = toMessage(told, open);
      if (message === null) listener.onNoise(line);
      else controller?.enqueue(message);
    },
    end(error) {
      controller = null;
      connection.close(error);
    },
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** What the connection can make something of: a call, or an answer to one of ours. */
function toMessage(told: unknown, open: Set<string | number>): AnyMessage | null {
  const call = Call.safeParse(told).data;
  if (call !== undefined) return call;
  const answer = Answer.safeParse(told).data;
  return answer !== undefined && open.delete(answer.id) ? answer : null;
}
