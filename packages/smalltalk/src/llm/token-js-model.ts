import type {
  LanguageModel,
  ModelPart,
  ModelReference,
  ModelRequest,
  StopReason,
  TokenUsage,
} from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import { estimateTokens } from '../utils/estimate-tokens.ts';
import { CallGatherer } from './gather-calls.ts';
import { makeTokenJsClient } from './load-token-js.ts';
import { routeTo } from './providers.ts';
import type { ModelSettings } from './read-model-settings.ts';
import { readChunk } from './read-chunk.ts';
import { toChatBody } from './to-chat-body.ts';
import { toModelError } from './to-model-error.ts';

/**
 * Every provider that Token.js reaches, behind the one port: asked once, streamed, called off by signal.
 *
 * Retries, limits, budgets and fallbacks are wrapped around it; see `makeModel`.
 */
export class TokenJsModel implements LanguageModel {
  readonly #settings: ModelSettings;

  constructor(settings: ModelSettings) {
    this.#settings = settings;
  }

  async *stream(request: ModelRequest): AsyncGenerator<ModelPart> {
    const { target = this.#settings.target, signal } = request;
    const route = routeTo(target.provider, this.#settings.providers[target.provider]);
    const call = { target, signal, apiKey: route.apiKey };
    if (signal?.aborted === true) throw toModelError(undefined, call);
    try {
      const fetch = callOffFetch(signal);
      const client = await makeTokenJsClient(route, { model: target.model, fetch });
      const answer = client.create(toChatBody(request, target.model, route));
      yield* readAnswer(untilAborted(answer, signal), request, target);
    } catch (error) {
      throw toModelError(error, call);
    }
  }
}

async function* readAnswer(
  chunks: AsyncIterable<unknown>,
  request: ModelRequest,
  target: ModelReference,
): AsyncGenerator<ModelPart> {
  const gatherer = new CallGatherer();
  let text = '';
  let finish: string | undefined;
  let usage: TokenUsage | undefined;
  for await (const value of chunks) {
    const chunk = readChunk(value);
    for (const call of chunk.calls) gatherer.add(call);
    if (chunk.usage !== undefined) usage = { ...chunk.usage, isEstimated: false };
    finish = chunk.finish ?? finish;
    if (chunk.text === '') continue;
    text += chunk.text;
    yield { type: 'text', text: chunk.text };
  }
  if (finish === undefined) throw new ModelError('network', 'The answer broke off before its end');
  const calls = gatherer.finished();
  for (const call of calls) yield { type: 'tool-call', call };
  yield {
    type: 'end',
    reason: calls.length > 0 ? 'tool-calls' : toStopReason(finish),
    target,
    usage: usage ?? estimateUsage(request, text + JSON.stringify(calls)),
  };
}

function toStopReason(finish: string): StopReason {
  if (finish === 'length') return 'length';
  return finish === 'content_filter' ? 'content-filter' : 'stop';
}

function estimateUsage({ messages, tools = [] }: ModelRequest, answer: string): TokenUsage {
  const asked = estimateTokens(messages.map(({ content }) => content).join('\n') + JSON.stringify(tools));
  return { inputTokens: asked, outputTokens: estimateTokens(answer), isEstimated: true };
}

/** A fetch that ends when the signal aborts, whatever its caller does. */
function callOffFetch(signal: AbortSignal | undefined): typeof globalThis.fetch {
  if (signal === undefined) return globalThis.fetch;
  return (input, init) => {
    const both = init?.signal == null ? signal : AbortSignal.any([init.signal, signal]);
    return globalThis.fetch(input, { ...init, signal: both });
  };
}

/** Hands a stream on until the signal aborts, and closes it then, also where its client knows no signal. */
async function* untilAborted(
  answer: Promise<unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown> {
  const aborted = whenAborted(signal);
  // The answer may come when nobody waits any more; it is closed then, and its failure is nobody's.
  const opened = answer.then(toIterator);
  let iterator: AsyncIterator<unknown> | undefined;
  try {
    iterator = await Promise.race([opened, aborted.promise]);
    for (;;) {
      const next: IteratorResult<unknown, unknown> = await Promise.race([iterator.next(), aborted.promise]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    aborted.forget();
    if (iterator === undefined) opened.then(close).catch(() => undefined);
    else close(iterator);
  }
}

function close(iterator: AsyncIterator<unknown>): void {
  iterator.return?.().catch(() => undefined);
}

function whenAborted(signal: AbortSignal | undefined): { promise: Promise<never>; forget: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const abort = () => reject(new ModelError('aborted', 'The call was called off'));
  signal?.addEventListener('abort', abort, { once: true });
  return { promise, forget: () => signal?.removeEventListener('abort', abort) };
}

function toIterator(answer: unknown): AsyncIterator<unknown> {
  return (isAsyncIterable(answer) ? answer : alone(answer))[Symbol.asyncIterator]();
}

/** An answer that was not streamed, as a stream of one piece. */
async function* alone(answer: unknown): AsyncGenerator<unknown> {
  yield answer;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
