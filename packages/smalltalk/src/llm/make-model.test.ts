import { describe, expect, it } from 'vitest';
import { FakeClock } from '../test-clock.ts';
import { settle } from '../test-settle.ts';
import type { LanguageModel, ModelRequest } from '../types/language-model.ts';
import { ModelError, type ModelErrorCategory } from '../types/model-error.ts';
import { complete } from './complete.ts';
import { makeModel, type ModelCare } from './make-model.ts';
import { type Script, ScriptedModel } from './scripted-model.ts';

const hello: ModelRequest = { messages: [{ role: 'user', content: 'Hello' }] };
const one = { provider: 'p', model: 'one' };
const two = { provider: 'p', model: 'two' };
const error = (category: ModelErrorCategory, retryAfterMs?: number) =>
  new ModelError(category, category, { retryAfterMs });

function make(script: Script | LanguageModel, care: ModelCare = {}) {
  const clock = new FakeClock();
  const scripted = 'stream' in script ? script : new ScriptedModel(script);
  const model = makeModel(scripted, { clock, ...care });
  const requests = scripted instanceof ScriptedModel ? scripted.requests : [];
  /** Asks, and lets so many milliseconds pass while it waits. */
  const ask = async (request: ModelRequest, ...passing: number[]) => {
    const answer = complete(model, request).then(
      (reply) => reply.content,
      (fault: unknown) => (fault instanceof ModelError ? fault.category : String(fault)),
    );
    for (const ms of passing) {
      await settle();
      clock.advance(ms);
    }
    await settle();
    return answer;
  };
  return { model, clock, requests, ask };
}

describe('retries', () => {
  it('asks three times, with growing rests', async () => {
    const { ask, requests } = make([error('overloaded'), error('network'), 'At last']);
    expect(await ask(hello, 2000, 4000)).toBe('At last');
    expect(requests).toHaveLength(3);
  });

  it('gives up after the third', async () => {
    const { ask, requests } = make(() => error('timeout'));
    expect([await ask(hello, 2000, 4000), requests.length]).toEqual(['timeout', 3]);
  });

  it('rests as long as the provider wants', async () => {
    const { ask, requests, clock } = make([error('rate-limited', 20_000), 'Now']);
    const answer = ask(hello, 19_000);
    await settle();
    expect(requests).toHaveLength(1);
    clock.advance(1000);
    expect(await answer).toBe('Now');
  });

  it('does not repeat what no repetition helps', async () => {
    const { ask, requests } = make(() => error('authentication'));
    expect([await ask(hello), requests.length]).toEqual(['authentication', 1]);
  });

  it('ends when the call is called off during a rest', async () => {
    const { ask, requests } = make(() => error('overloaded'));
    const calling = new AbortController();
    const answer = ask({ ...hello, signal: calling.signal });
    await settle();
    calling.abort();
    expect([await answer, requests.length]).toEqual(['aborted', 1]);
  });

  it('never repeats an answer that has begun', async () => {
    let calls = 0;
    const { model } = make({
      async *stream() {
        calls += 1;
        yield { type: 'text', text: 'Half' };
        throw error('network');
      },
    });
    await expect(complete(model, hello)).rejects.toMatchObject({ category: 'network' });
    expect(calls).toBe(1);
  });
});

describe('time limits', () => {
  it('ends a call that stays silent, and aborts it', async () => {
    const aborted: boolean[] = [];
    const silent: LanguageModel = {
      stream: ({ signal }) => ({
        [Symbol.asyncIterator]: () => ({
          next: () =>
            new Promise((_, reject) => {
              signal?.addEventListener('abort', () => {
                aborted.push(true);
                reject(error('aborted'));
              });
            }),
        }),
      }),
    };
    const retry = { maxAttempts: 1, firstDelayMs: 1, multiplier: 1, maxDelayMs: 1 };
    const { ask } = make(silent, { retry, timeLimits: { firstMs: 500 } });
    expect([await ask(hello, 499, 1), aborted]).toEqual(['timeout', [true]]);
  });
});

describe('the circuit breaker', () => {
  const once = { maxAttempts: 1, firstDelayMs: 1, multiplier: 1, maxDelayMs: 1 };

  it('stops asking a model that fails again and again, and asks once when a rest has passed', async () => {
    let isDown = true;
    const { ask, requests, clock } = make(() => (isDown ? error('overloaded') : 'Up'), { retry: once });
    for (let turn = 0; turn < 5; turn += 1) expect(await ask(hello)).toBe('overloaded');
    expect([await ask(hello), requests.length]).toEqual(['circuit-open', 5]);
    clock.advance(30_000);
    expect([await ask(hello), await ask(hello), requests.length]).toEqual(['overloaded', 'circuit-open', 6]);
    clock.advance(30_000);
    isDown = false;
    expect([await ask(hello), await ask(hello), requests.length]).toEqual(['Up', 'Up', 8]);
  });

  it('judges each model by itself, and by its own faults alone', async () => {
    const { ask } = make(
      ({ target }) => (target?.model === 'one' ? error('overloaded') : error('invalid-request')),
      { retry: once },
    );
    for (let turn = 0; turn < 6; turn += 1) {
      expect(await ask({ ...hello, target: one })).toBe(turn < 5 ? 'overloaded' : 'circuit-open');
      expect(await ask({ ...hello, target: two })).toBe('invalid-request');
    }
  });
});

describe('fallbacks', () => {
  it('asks the next model, and says who has answered', async () => {
    const troubles: string[] = [];
    const { model } = make(({ target }) => (target?.model === 'one' ? error('authentication') : 'From two'), {
      fallbacks: [two],
      onTrouble: (trouble) => troubles.push(trouble.error.category),
    });
    const reply = await complete(model, { ...hello, target: one });
    expect([reply.content, reply.target, troubles]).toEqual(['From two', two, ['authentication']]);
  });

  it('does not take a wrong request elsewhere', async () => {
    const { ask, requests } = make(() => error('invalid-request'), { fallbacks: [two] });
    expect([await ask(hello), requests.length]).toEqual(['invalid-request', 1]);
  });
});

describe('the rate limit', () => {
  it('lets no more calls begin within a minute, and the others in order', async () => {
    const { ask, clock, requests } = make(() => 'ok', { requestsPerMinute: 2 });
    const answers = [ask(hello), ask(hello), ask(hello), ask(hello), ask(hello)];
    await settle();
    expect(requests).toHaveLength(2);
    clock.advance(60_000);
    await settle();
    expect(requests).toHaveLength(4);
    clock.advance(60_000);
    expect(await Promise.all(answers)).toHaveLength(5);
  });
});

describe('prices and the budget', () => {
  const prices = { 'p/one': { input: 1_000_000, output: 2_000_000 } };

  it('says what an answer has cost, and counts for each agent', async () => {
    const { model } = make(() => 'word', { prices });
    const purpose = { agentName: 'Writer' };
    const reply = await complete(model, { ...hello, target: one, purpose });
    expect(reply.costUsd).toBe(2 + 2 * 2);
    await complete(model, { ...hello, target: two });
    expect([model.spending(), model.spending('Writer')]).toEqual([
      { calls: 2, tokens: 8, costUsd: 6 },
      { calls: 1, tokens: 4, costUsd: 6 },
    ]);
  });

  it('refuses the call that would overrun it, also when many come at once', async () => {
    const { ask, requests } = make(() => 'word', { budget: { maxTokens: 30 } });
    const large = { ...hello, maxTokens: 10 };
    const answers = await Promise.all([ask(large), ask(large), ask(large)]);
    expect([answers, requests.length]).toEqual([['word', 'word', 'budget-exhausted'], 2]);
    expect(await ask(large)).toBe('word');
  });

  it('refuses when the money is spent, and goes on from what was spent before', async () => {
    const budget = { maxCostUsd: 10, spent: { calls: 1, tokens: 1, costUsd: 5 } };
    const { ask } = make(() => 'word', { prices, budget });
    const request = { ...hello, target: one };
    expect([await ask(request), await ask(request)]).toEqual(['word', 'budget-exhausted']);
  });
});
