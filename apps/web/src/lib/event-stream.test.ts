import { afterEach, expect, it } from 'vitest';
import { type HeldStream, holdStream, type OpenStream } from './event-stream.ts';

const held: HeldStream[] = [];
afterEach(() => {
  for (const stream of held.splice(0)) stream.close();
});

interface Answer {
  readonly after: number;
  say(seq: number): void;
  breath(): void;
  end(): void;
  isOver(): boolean;
}

/** A server that answers as it is told to; 200 unless `status` says otherwise. */
function listen({
  silence = 10_000,
  retries = [1],
  status = () => 200,
}: {
  silence?: number;
  retries?: number[];
  status?: () => number;
} = {}) {
  const answers: Answer[] = [];
  const told: string[] = [];
  let seq = 4;
  const open: OpenStream = (after, signal) => {
    let control: ReadableStreamDefaultController<Uint8Array> | null = null;
    const write = (text: string) => control?.enqueue(new TextEncoder().encode(text));
    const body = new ReadableStream<Uint8Array>({
      start: (one) => {
        control = one;
        signal.addEventListener('abort', () => one.error(signal.reason));
      },
    });
    answers.push({
      after,
      say: (one) => write(`id: ${one}\ndata: {}\n\n`),
      breath: () => write(': 1\n\n'),
      end: () => control?.close(),
      isOver: () => signal.aborted,
    });
    return Promise.resolve(
      new Response(status() === 200 ? body : null, {
        status: status(),
        headers: { 'x-thalogos-event': '9' },
      }),
    );
  };
  const stream = holdStream(
    {
      seen: () => seq,
      opened: (newest) => told.push(`opened at ${newest}`),
      frame: ({ id }) => {
        seq = id;
        told.push(`event ${id}`);
      },
      heard: () => undefined,
      lost: () => told.push('lost'),
      ahead: () => {
        told.push('ahead');
        return Promise.resolve();
      },
    },
    { silence, retries },
    open,
  );
  held.push(stream);
  return { answers, told, stream };
}

it('opens again after the last event that it has seen', async () => {
  const { answers, told } = listen();
  await expect.poll(() => told).toEqual(['opened at 9']);
  answers[0]?.say(5);
  answers[0]?.end();
  await expect.poll(() => told).toEqual(['opened at 9', 'event 5', 'lost', 'opened at 9']);
  expect(answers.map(({ after }) => after)).toEqual([4, 5]);
});

it('takes a connection that has fallen silent for dead, and a sign of life for one', async () => {
  const { answers, told } = listen({ silence: 60 });
  await expect.poll(() => told).toEqual(['opened at 9']);
  await expect.poll(() => answers.length, { timeout: 2_000 }).toBeGreaterThan(1);
  expect([told.slice(0, 2), answers[0]?.isOver()]).toEqual([['opened at 9', 'lost'], true]);
});

it('asks how far the log is where the server has an older one, and tries on', async () => {
  let status = 400;
  const { told } = listen({ status: () => status });
  await expect.poll(() => told.filter((word) => word === 'ahead').length).toBeGreaterThan(0);
  status = 200;
  await expect.poll(() => told.at(-1)).toBe('opened at 9');
});

it('tries at once when the page is woken, however long the wait would be', async () => {
  const { answers, told, stream } = listen({ retries: [1_000_000] });
  await expect.poll(() => told).toEqual(['opened at 9']);
  answers[0]?.end();
  await expect.poll(() => told).toEqual(['opened at 9', 'lost']);
  stream.wake();
  await expect.poll(() => told.at(-1)).toBe('opened at 9');
});

it('says nothing more once it is closed', async () => {
  const { answers, told, stream } = listen();
  await expect.poll(() => told).toEqual(['opened at 9']);
  stream.close();
  await expect.poll(() => answers[0]?.isOver()).toBe(true);
  expect([told, answers.length]).toEqual([['opened at 9'], 1]);
});
