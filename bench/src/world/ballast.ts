import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How the stand-in asks git: a process by the helper, the live process of the helper, or a process of its own. */
export type Way = 'helper' | 'live' | 'spawn' | 'simple-git';

/** One message to the stand-in. */
export type BallastQuestion =
  | { readonly kind: 'ask'; readonly way: Way; readonly atOnce: number }
  | { readonly kind: 'end' };

/** Milliseconds an answer, the longest time that the event loop stood still, and the bytes that it holds. */
export interface BallastAnswer {
  readonly ms: number;
  readonly 'stall ms': number;
  readonly rss: number;
}

/** A process with so much memory in use that it takes long to fork. */
export interface Ballast {
  readonly rss: number;
  readonly ask: (way: Way, atOnce: number) => Promise<BallastAnswer>;
  readonly close: () => Promise<void>;
}

/** Starts it on a repository; `megabytes` is what it holds in all. */
export async function startBallast(options: {
  readonly gitDir: string;
  readonly dataDirectory: string;
  readonly megabytes: number;
}): Promise<Ballast> {
  const { gitDir, dataDirectory, megabytes } = options;
  const child = fork(fileURLToPath(new URL('./ballast-main.ts', import.meta.url)), [
    gitDir,
    dataDirectory,
    String(megabytes),
  ]);
  const { rss } = await answerOf(child);
  return {
    rss,
    ask: async (way, atOnce) => {
      child.send({ kind: 'ask', way, atOnce } satisfies BallastQuestion);
      return answerOf(child);
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.send({ kind: 'end' } satisfies BallastQuestion);
      await ended;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<BallastAnswer> {
  const answered = new AbortController();
  const { signal } = answered;
  try {
    const ended = once(child, 'exit', { signal }).then(() => {
      throw new Error('The stand-in for the server ended');
    });
    const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [BallastAnswer];
    return answer;
  } finally {
    answered.abort();
  }
}
