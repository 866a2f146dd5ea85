import { setTimeout as pause } from 'node:timers/promises';
import { headersOf } from '../connection/client.ts';
import type { Connection } from '../connection/connect.ts';
import { isUnreachable } from '../connection/to-failure.ts';
import { readFrames } from './read-frames.ts';

/** How long to wait before connecting anew, in milliseconds. */
const RECONNECT_MS = 250;

/** What agents write and people say changes no state that is waited for. */
const QUIET: ReadonlySet<string> = new Set(['transcript.extended', 'message.posted']);

/** What is waited for. */
export interface Waiting<T> {
  /** Connects, also to a server that was started anew. */
  readonly connect: () => Promise<Connection>;
  /** Narrows the events that can matter. */
  readonly project: string;
  /** Asks the server whether it is so by now; null while it is not. */
  readonly check: (connection: Connection) => Promise<T | null>;
}

/**
 * Waits until a question has its answer: asked once, and again after every event that can matter.
 *
 * Events say when to ask, never what is true, so a lost connection or a restarted
 * server costs one more question and nothing else.
 */
export async function waitUntil<T>({ connect, project, check }: Waiting<T>): Promise<T> {
  for (;;) {
    const connection = await connect();
    try {
      const answer = await follow(connection, project, check);
      if (answer !== null) return answer;
    } catch (thrown) {
      if (!isUnreachable(thrown) && !isLost(thrown)) throw thrown;
    }
    await pause(RECONNECT_MS);
  }
}

/** Null when the stream ended before the answer came. */
async function follow<T>(
  connection: Connection,
  project: string,
  check: Waiting<T>['check'],
): Promise<T | null> {
  const ending = new AbortController();
  try {
    const events = await subscribe(connection, project, ending.signal);
    const news = makeNews(events);
    for (;;) {
      const answer = await check(connection);
      if (answer !== null || !(await news.next())) return answer;
    }
  } finally {
    ending.abort();
  }
}

/** Says when something happened since the last time of asking: a hundred events are one reason to ask again. */
function makeNews(events: AsyncIterable<Uint8Array> | null) {
  let isNew = false;
  let isOver = events === null;
  let wake = () => {};
  const read = async () => {
    if (events === null) return;
    for await (const { event } of readFrames(events)) {
      if (QUIET.has(event)) continue;
      isNew = true;
      wake();
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
      wake();
    });
  return {
    /** False when the stream has ended. */
    async next(): Promise<boolean> {
      while (!isNew && !isOver) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
      const wasNew = isNew;
      isNew = false;
      return wasNew;
    },
  };
}

async function subscribe({ server }: Connection, project: string, signal: AbortSignal) {
  const url = `${server.url}/events?project=${encodeURIComponent(project)}`;
  const response = await fetch(url, { headers: headersOf(server.token), signal });
  return response.ok ? response.body : null;
}

/** A connection that broke: `fetch` says so with a TypeError, a body with `terminated`. */
function isLost(thrown: unknown): boolean {
  return thrown instanceof TypeError;
}
