import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One question as the forge got it. */
export interface ForgeAsked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** An answer of the forge, or `hang` for none at all. */
export type ForgeReply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | 'hang';

/** A forge on loopback that answers as it is told; use it with `await using`. */
export interface TestForge extends AsyncDisposable {
  readonly url: string;
  readonly asked: ForgeAsked[];
  /** What it answers from now on; a text body goes out as it is. */
  answer: (asked: ForgeAsked) => ForgeReply;
}

/** Starts a forge that knows no commit until it is told otherwise. */
export async function startTestForge(): Promise<TestForge> {
  const server = createServer((request, response) => {
    const question = { path: request.url ?? '', headers: request.headers };
    forge.asked.push(question);
    send(response, forge.answer(question));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const forge: TestForge = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    answer: () => ({ status: 404, body: {} }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return forge;
}

function send(response: ServerResponse, reply: ForgeReply): void {
  if (reply === 'hang') return;
  const { status = 200, headers = {}, body = {} } = reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(status === 304 ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
}

/** A check run as GitHub tells it. */
export function run(name: string, conclusion: string | null, more: object = {}) {
  return {
    name,
    conclusion,
    status: conclusion === null ? 'in_progress' : 'completed',
    html_url: `https://forge.example.org/runs/${name}`,
    started_at: '2026-01-31T10:00:00Z',
    completed_at: conclusion === null ? null : '2026-01-31T10:00:30Z',
    output: { title: null, summary: null },
    ...more,
  };
}

/** A forge that says this of every commit. */
export function saying(runs: readonly object[], statuses: readonly object[] = []): TestForge['answer'] {
  return ({ path }) => ({
    body: path.includes('/check-runs') ? { total_count: runs.length, check_runs: runs } : { statuses },
  });
}
