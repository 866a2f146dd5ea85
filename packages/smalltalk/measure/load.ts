import type { SmallTalk } from '../src/index.ts';
import { describeTimes, type Figure, makeMessage, openTalk, percentile } from './figures.ts';

const SESSIONS = 100;
const SECONDS = 20;

/** Lets people in so many sessions speak, each as soon as they are answered; gives the times with the second they fell in. */
async function converse(talk: SmallTalk, ids: readonly string[], seconds: number) {
  const answers: { readonly second: number; readonly ms: number }[] = [];
  const startedAt = performance.now();
  const endAt = startedAt + seconds * 1000;
  await Promise.all(
    ids.map(async (sessionId) => {
      while (performance.now() < endAt) {
        const askedAt = performance.now();
        await talk.chat(makeMessage(0, 300).content, { sessionId, agentName: 'Host' });
        answers.push({ second: (askedAt - startedAt) / 1000, ms: performance.now() - askedAt });
        // As people do, they think before they speak again.
        await new Promise((resolve) => setTimeout(resolve, 900 + Math.random() * 200));
      }
    }),
  );
  return answers;
}

/** FR-035, SC-018, FR-038a: a hundred sessions that are used for a while, beside one alone. */
export async function measureLoad(folder: string): Promise<readonly Figure[]> {
  const talk = await openTalk({ history: { location: folder } });
  const [only = ''] = [await talk.createSession()];
  const alone = (await converse(talk, [only], 5)).map(({ ms }) => ms).toSorted((a, b) => a - b);
  const before = process.memoryUsage().rss;
  const ids = [only];
  while (ids.length < SESSIONS) ids.push(await talk.createSession());
  const cpuBefore = process.cpuUsage();
  const answers = await converse(talk, ids, SECONDS);
  const { user, system } = process.cpuUsage(cpuBefore);
  const megabytes = (process.memoryUsage().rss - before) / 1_048_576;
  await talk.stop();
  const within = (from: number, to: number) =>
    answers
      .filter(({ second }) => second >= from && second < to)
      .map(({ ms }) => ms)
      .toSorted((a, b) => a - b);
  const [first, last] = [within(1, SECONDS / 4), within((SECONDS / 4) * 3, SECONDS)];
  const share = (user + system) / 10_000 / SECONDS;
  return [
    {
      id: 'FR-035, SC-018',
      promise: '100 sessions at once without degradation',
      workload: `a message a second in each, on the disk, for ${String(SECONDS)} s; ${String(answers.length)} answers`,
      measured: `one session ${describeTimes(alone)}; 100 sessions, first quarter ${describeTimes(first)}; last quarter ${describeTimes(last)}`,
      isKept: percentile(last, 0.95) <= Math.max(percentile(first, 0.95) * 1.5, 50),
    },
    {
      id: 'FR-038a',
      promise: '1 MB a session, one core for 50',
      workload: 'the same hundred sessions',
      measured: `${Math.max(0, megabytes / SESSIONS).toFixed(2)} MB and ${(share / SESSIONS).toFixed(3)} % of a core for each`,
      isKept: megabytes / SESSIONS <= 1 && share / SESSIONS <= 2,
    },
  ];
}
