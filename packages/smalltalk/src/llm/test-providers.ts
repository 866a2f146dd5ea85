import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a provider was asked. */
export type Asked = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
};

type Answer = (asked: Asked, response: ServerResponse) => void | Promise<void>;

/** A provider on loopback that answers as the test says and remembers what it was asked. */
export async function startProvider(answer: Answer) {
  const asked: Asked[] = [];
  const closed: string[] = [];
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) closed.push(request.url ?? '');
    });
    void readBody(request).then((body) => {
      const call = { path: request.url ?? '', headers: request.headers, body };
      asked.push(call);
      return answer(call, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    /** Calls whose connection ended before their answer did. */
    closed,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** Begins a stream of server-sent events. */
export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

/** One piece in the shape of Chat Completions. */
export function chatChunk(response: ServerResponse, choice: object, more: object = {}): void {
  const chunk = {
    id: 'c-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [choice],
    ...more,
  };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

/** A whole answer in the shape of Chat Completions: words, usage, end. */
export function answerChat(response: ServerResponse, words: readonly string[]): void {
  beginStream(response);
  for (const content of words) chatChunk(response, { index: 0, delta: { content }, finish_reason: null });
  chatChunk(response, { index: 0, delta: {}, finish_reason: 'stop' });
  chatChunk(
    response,
    {},
    { choices: [], usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 } },
  );
  response.end('data: [DONE]\n\n');
}

/** A failure as providers word it. */
export function fail(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message: `failed with ${String(status)}`, type: 'test' } }));
}
