import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeAskAgain } from './ask-again.ts';

const KEY = [['saves', 'current']];

/** A query that somebody looks at, whose answers come when the test says so. */
function watched(client: QueryClient) {
  const calls: PromiseWithResolvers<string>[] = [];
  const observer = new QueryObserver(client, {
    queryKey: KEY,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => {
      const call = Promise.withResolvers<string>();
      calls.push(call);
      return call.promise;
    },
  });
  observer.subscribe(() => undefined);
  const answer = async (number: number, words: string) => {
    calls[number]?.resolve(words);
    await vi.advanceTimersByTimeAsync(1_000);
  };
  return { calls, answer, shown: () => observer.getCurrentResult().data };
}

describe('asking again for what an event made old', () => {
  let client: QueryClient;
  beforeEach(() => {
    vi.useFakeTimers();
    client = new QueryClient();
    client.mount();
  });
  afterEach(() => {
    client.unmount();
    client.clear();
    vi.useRealTimers();
  });

  it('asks once for a burst', async () => {
    const query = watched(client);
    await query.answer(0, 'merging');
    const askAgain = makeAskAgain(client);
    for (let event = 0; event < 20; event += 1) askAgain(KEY);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(query.calls).toHaveLength(2);
    await query.answer(1, 'saved');
    expect(query.shown()).toBe('saved');
  });

  it('does not take the first answer for new when it was on its way before the event', async () => {
    const query = watched(client);
    makeAskAgain(client)(KEY);
    await vi.advanceTimersByTimeAsync(1_000);
    await query.answer(0, 'merging');
    await query.answer(1, 'conflicted');
    expect(query.shown()).toBe('conflicted');
  });

  it('shows something while events come faster than answers', async () => {
    const query = watched(client);
    await query.answer(0, 'one');
    const askAgain = makeAskAgain(client);
    for (let event = 0; event < 10; event += 1) {
      askAgain(KEY);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(query.calls, 'no call is given up for a newer one').toHaveLength(2);
    await query.answer(1, 'two');
    expect(query.shown()).toBe('two');
    await query.answer(2, 'three');
    expect(query.shown()).toBe('three');
    expect(query.calls, 'after the last event there is one more call').toHaveLength(3);
  });

  it('asks again after a call that failed', async () => {
    const query = watched(client);
    await query.answer(0, 'one');
    const askAgain = makeAskAgain(client);
    askAgain(KEY);
    await vi.advanceTimersByTimeAsync(1_000);
    askAgain(KEY);
    await vi.advanceTimersByTimeAsync(200);
    client.setDefaultOptions({ queries: { retry: false } });
    query.calls[1]?.reject(new Error('gone'));
    await vi.advanceTimersByTimeAsync(5_000);
    await query.answer(2, 'two');
    expect(query.shown()).toBe('two');
  });
});
