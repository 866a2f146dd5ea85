import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Beat, Conversation, Reply } from './conversation.ts';
import type { Dialect, StreamEvent, StreamWriter } from './dialect.ts';
import { dialects } from './dialects.ts';
import { dueFault, planReply } from './plan-reply.ts';

/** A model on loopback that does what the marks in its prompt say. */
export interface ScriptedProvider {
  /** Such as `http://127.0.0.1:43210/v1`. */
  readonly url: string;
  /** Every request's body so far, oldest first. */
  readonly requests: readonly unknown[];
  close(): Promise<void>;
}

/** A forgotten provider does not outlive its test run. */
const LIFETIME_MS = 10 * 60 * 1000;

/** What a test answers to a request itself; null leaves it to the marks in the prompt. */
export type ProviderScript = (asked: Conversation, body: unknown) => Reply | null;

/** Starts a scripted model on a free port of loopback. */
export async function startScriptedProvider(
  lifetimeMs = LIFETIME_MS,
  script: ProviderScript = () => null,
): Promise<ScriptedProvider> {
  const requests: unknown[] = [];
  const faults = new Map<string, number>();
  let answers = 0;
  const server = createServer((request, response) => {
    answers += 1;
    answer(request, response, { id: `resp_${answers}`, requests, faults, script }).catch(() =>
      response.destroy(),
    );
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The scripted provider has no port');
  const close = async () => {
    clearTimeout(lifetime);
    server.closeAllConnections();
    await new Promise((done) => {
      server.close(done);
    });
  };
  const lifetime = setTimeout(() => void close(), lifetimeMs);
  lifetime.unref();
  return { url: `http://127.0.0.1:${address.port}/v1`, requests, close };
}

interface AnswerContext {
  readonly id: string;
  readonly requests: unknown[];
  readonly faults: Map<string, number>;
  readonly script: ProviderScript;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: AnswerContext,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://loopback').pathname;
  const dialect = dialects.find(({ accepts }) => accepts(path));
  if (request.method !== 'POST' || dialect === undefined) {
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"error":{"message":"Not scripted"}}');
    return;
  }
  const body: unknown = await json(request);
  context.requests.push(body);
  const conversation = dialect.parse(body);
  const given = (fault: number) => context.faults.get(faultKey(conversation, fault)) ?? 0;
  const reply = context.script(conversation, body) ?? planReply(conversation, given);
  const fault = dueFault(conversation, given);
  if (fault !== null) context.faults.set(faultKey(conversation, fault), given(fault) + 1);
  if (reply.kind === 'drop') response.destroy();
  else if (reply.kind === 'http') {
    response.writeHead(reply.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(dialect.toError(reply.status)));
  } else {
    const isWhole = dialect.whole?.isWanted(path, body) === true;
    await (isWhole ? whole : stream)(response, dialect, { reply, id: context.id });
  }
}

function faultKey({ prompt, position }: Conversation, fault: number): string {
  return `${position} ${fault} ${prompt}`;
}

interface ToAnswer {
  readonly reply: Parameters<Dialect['stream']>[0];
  readonly id: string;
}

async function stream(response: ServerResponse, dialect: Dialect, { reply, id }: ToAnswer): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  await dialect.stream(
    reply,
    makeWriter(response, id, (event) => {
      const name = event.type === undefined ? '' : `event: ${event.type}\n`;
      response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
    }),
  );
  response.end(dialect.end === undefined ? undefined : `data: ${dialect.end}\n\n`);
}

async function whole(response: ServerResponse, dialect: Dialect, { reply, id }: ToAnswer): Promise<void> {
  const events: StreamEvent[] = [];
  await dialect.stream(
    reply,
    makeWriter(response, id, (event) => events.push(event)),
  );
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(dialect.whole?.join(events)));
}

/** Writes at the pace of the beats, until the client leaves. */
function makeWriter(response: ServerResponse, id: string, write: (event: StreamEvent) => void): StreamWriter {
  const left = new AbortController();
  response.on('close', () => left.abort());
  let slow = 0;
  return {
    id,
    async send(event) {
      if (slow > 0) await delay(slow, undefined, { signal: left.signal });
      write(event);
    },
    async pace(beat: Beat) {
      if (beat.kind === 'slow') slow = beat.ms;
      if (beat.kind === 'wait') await delay(beat.ms, undefined, { signal: left.signal });
      if (beat.kind === 'hang') await delay(2 ** 31 - 1, undefined, { signal: left.signal });
    },
  };
}
