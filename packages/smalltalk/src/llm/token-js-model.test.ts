import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ModelPart, ModelRequest } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import { waitUntil } from '../test-settle.ts';
import { complete } from './complete.ts';
import { readModelSettings } from './read-model-settings.ts';
import { answerChat, beginStream, chatChunk, fail, startProvider } from './test-providers.ts';
import { TokenJsModel } from './token-js-model.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function provide(answer: Parameters<typeof startProvider>[0]) {
  const provider = await startProvider(answer);
  stops.push(provider.stop);
  return provider;
}

function modelAt(url: string, provider = 'openai-compatible') {
  return new TokenJsModel({
    providers: { [provider]: { baseURL: `${url}/v1`, apiKey: 'secret-key-1234' } },
    target: { provider, model: 'any-new-model-2027' },
  });
}

const hello: ModelRequest = { messages: [{ role: 'user', content: 'Hello' }] };

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await work.then(
    () => undefined,
    (fault: unknown) => fault,
  );
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
}

describe('Chat Completions', () => {
  it('streams the answer, and says who answered and what it took', async () => {
    const { url, asked } = await provide((_, response) => answerChat(response, ['Good ', 'day']));
    const parts: ModelPart[] = [];
    for await (const part of modelAt(url).stream({ ...hello, temperature: 0.2, maxTokens: 50 }))
      parts.push(part);

    expect(parts).toEqual([
      { type: 'text', text: 'Good ' },
      { type: 'text', text: 'day' },
      {
        type: 'end',
        reason: 'stop',
        target: { provider: 'openai-compatible', model: 'any-new-model-2027' },
        usage: { inputTokens: 7, outputTokens: 2, isEstimated: false },
      },
    ]);
    expect(asked.map(({ path, headers, body }) => ({ path, key: headers['authorization'], body }))).toEqual([
      {
        path: '/v1/chat/completions',
        key: 'Bearer secret-key-1234',
        body: {
          model: 'any-new-model-2027',
          stream: true,
          messages: [{ role: 'user', content: 'Hello' }],
          temperature: 0.2,
          max_tokens: 50,
          stream_options: { include_usage: true },
        },
      },
    ]);
  });

  it('puts tool calls together that come in pieces, two of them at once', async () => {
    const { url, asked } = await provide((_, response) => {
      beginStream(response);
      const piece = (index: number, call: object) =>
        chatChunk(response, { index: 0, delta: { tool_calls: [{ index, ...call }] }, finish_reason: null });
      piece(0, { id: 'a', type: 'function', function: { name: 'search', arguments: '' } });
      piece(1, { id: 'b', type: 'function', function: { name: 'read', arguments: '{"file":' } });
      piece(0, { function: { arguments: '{"q":"x"}' } });
      piece(1, { function: { arguments: '"y"}' } });
      chatChunk(response, { index: 0, delta: {}, finish_reason: 'tool_calls' });
      response.end('data: [DONE]\n\n');
    });
    const tool = { name: 'search', description: 'Searches', parameters: { type: 'object', properties: {} } };
    const reply = await complete(modelAt(url), {
      tools: [tool],
      messages: [
        { role: 'user', content: 'Find x' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'z', name: 'search', arguments: { q: 'w' } }] },
        { role: 'tool', toolCallId: 'z', content: 'nothing' },
      ],
    });

    expect([reply.reason, reply.toolCalls, reply.usage.isEstimated]).toEqual([
      'tool-calls',
      [
        { id: 'a', name: 'search', arguments: { q: 'x' } },
        { id: 'b', name: 'read', arguments: { file: 'y' } },
      ],
      true,
    ]);
    expect(asked[0]?.body['messages']).toEqual([
      { role: 'user', content: 'Find x' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'z', type: 'function', function: { name: 'search', arguments: '{"q":"w"}' } }],
      },
      { role: 'tool', tool_call_id: 'z', content: 'nothing' },
    ]);
  });

  it.each(['openai', 'groq', 'openrouter', 'perplexity', 'mistral', 'ai21', 'anthropic', 'gemini', 'cohere'])(
    'sends %s with a host of one’s own there and nowhere else, whatever the model is called',
    async (provider) => {
      const { url, asked } = await provide((_, response) => answerChat(response, ['ok']));
      const reply = await complete(modelAt(url, provider), hello);
      expect([reply.content, reply.target.provider, asked.length]).toEqual(['ok', provider, 1]);
    },
  );

  it('asks once: a failure is its caller’s to repeat', async () => {
    const { url, asked } = await provide((_, response) => fail(response, 503));
    const error = await failureOf(complete(modelAt(url), hello));
    expect([error.category, error.recovery, error.status, asked.length]).toEqual([
      'overloaded',
      'retry',
      503,
      1,
    ]);
  });

  it.each([
    [401, 'authentication'],
    [404, 'unknown-model'],
    [400, 'invalid-request'],
    [413, 'context-too-long'],
    [500, 'overloaded'],
  ])('calls %i %s', async (status, category) => {
    const { url } = await provide((_, response) => fail(response, status));
    expect((await failureOf(complete(modelAt(url), hello))).category).toBe(category);
  });

  it('hears how long a provider wants to be left alone', async () => {
    const { url } = await provide((_, response) => fail(response, 429, { 'retry-after': '7' }));
    const error = await failureOf(complete(modelAt(url), hello));
    expect([error.category, error.retryAfterMs]).toEqual(['rate-limited', 7000]);
  });

  it('takes an answer that breaks off for a failure', async () => {
    const { url } = await provide((_, response) => {
      beginStream(response);
      chatChunk(response, { index: 0, delta: { content: 'Half' }, finish_reason: null });
      setImmediate(() => response.destroy());
    });
    expect((await failureOf(complete(modelAt(url), hello))).category).toBe('network');
  });

  it('never repeats a key in what it says', async () => {
    const { url } = await provide((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'Incorrect API key: secret-key-1234' } }));
    });
    const error = await failureOf(complete(modelAt(url), hello));
    expect(JSON.stringify([error.message, String(error.cause)])).not.toContain('secret-key-1234');
  });

  it('closes the connection of a call that is called off before its first word and after it', async () => {
    const { url, asked, closed } = await provide((call, response) => {
      if (call.body['messages'] === undefined) return;
      beginStream(response);
      chatChunk(response, { index: 0, delta: { content: 'One' }, finish_reason: null });
    });
    const silent = await provide(() => undefined);
    const early = new AbortController();
    const waiting = failureOf(complete(modelAt(silent.url), { ...hello, signal: early.signal }));
    await waitUntil(() => silent.asked.length === 1);
    early.abort();
    expect((await waiting).category).toBe('aborted');

    const late = new AbortController();
    const parts = modelAt(url).stream({ ...hello, signal: late.signal });
    expect((await parts.next()).value).toEqual({ type: 'text', text: 'One' });
    late.abort();
    expect((await failureOf(parts.next())).category).toBe('aborted');
    await waitUntil(() => closed.length === 1 && silent.closed.length === 1);
    expect(asked).toHaveLength(1);
    expect(Object.keys(asked[0]?.body ?? {})).not.toContain('signal');
  });

  it('closes the connection when nobody reads on', async () => {
    const { url, closed } = await provide((_, response) => {
      beginStream(response);
      chatChunk(response, { index: 0, delta: { content: 'One' }, finish_reason: null });
    });
    for await (const part of modelAt(url).stream(hello)) {
      expect(part).toEqual({ type: 'text', text: 'One' });
      break;
    }
    await waitUntil(() => closed.length === 1);
  });

  it('leaves the request as it was', async () => {
    const { url } = await provide((_, response) => answerChat(response, ['ok']));
    const request = structuredClone(hello);
    await complete(modelAt(url), request);
    expect(request).toEqual(hello);
  });
});

describe('Anthropic’s Messages', () => {
  async function claude(content: readonly object[], stopReason: string) {
    const provider = await provide((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const usage = { input_tokens: 11, output_tokens: 4 };
      const head = {
        id: 'm-1',
        type: 'message',
        role: 'assistant',
        model: 'claude-next',
        stop_sequence: null,
      };
      response.end(JSON.stringify({ ...head, content, stop_reason: stopReason, usage }));
    });
    vi.stubEnv('ANTHROPIC_BASE_URL', provider.url);
    const settings = readModelSettings({
      ANTHROPIC_API_KEY: 'secret-key-1234',
      ANTHROPIC_BASE_URL: provider.url,
      SMALLTALK_DEFAULT_PROVIDER: 'anthropic',
      SMALLTALK_DEFAULT_MODEL: 'claude-next',
    });
    return { model: new TokenJsModel(settings), asked: provider.asked };
  }

  it('is spoken where ANTHROPIC_BASE_URL is set, with a model that Token.js has never heard of', async () => {
    const { model, asked } = await claude([{ type: 'text', text: 'Good day' }], 'end_turn');
    const reply = await complete(model, {
      messages: [{ role: 'system', content: 'Be kind' }, ...hello.messages],
      maxTokens: 64,
    });
    expect([reply.content, reply.reason, reply.target, reply.usage]).toEqual([
      'Good day',
      'stop',
      { provider: 'anthropic', model: 'claude-next' },
      { inputTokens: 11, outputTokens: 4, isEstimated: false },
    ]);
    expect(asked.map(({ path, headers }) => [path, headers['x-api-key']])).toEqual([
      ['/v1/messages', 'secret-key-1234'],
    ]);
    expect(asked[0]?.body).toMatchObject({ model: 'claude-next', system: 'Be kind', max_tokens: 64 });
  });

  it('calls tools', async () => {
    const { model } = await claude(
      [{ type: 'tool_use', id: 't-1', name: 'search', input: { q: 'x' } }],
      'tool_use',
    );
    const parameters = { type: 'object', properties: { q: { type: 'string' } } };
    const tools = [{ name: 'search', description: 'Searches', parameters }];
    const reply = await complete(model, { ...hello, tools });
    expect([reply.reason, reply.toolCalls]).toEqual([
      'tool-calls',
      [{ id: 't-1', name: 'search', arguments: { q: 'x' } }],
    ]);
  });
});

describe('Gemini’s generateContent', () => {
  it('is spoken where the settings say so', async () => {
    const { url, asked } = await provide((_, response) => {
      beginStream(response);
      const candidate = {
        index: 0,
        content: { role: 'model', parts: [{ text: 'Good day' }] },
        finishReason: 'STOP',
      };
      const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 2, totalTokenCount: 5 };
      response.end(`data: ${JSON.stringify({ candidates: [candidate], usageMetadata })}\r\n\r\n`);
    });
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', (input: string | URL, init?: RequestInit) =>
      real(String(input).replace('https://generativelanguage.googleapis.com', url), init),
    );
    const target = { provider: 'gemini', model: 'gemini-9-pro' };
    const gemini = { apiKey: 'secret-key-1234', protocol: 'native' } as const;
    const reply = await complete(new TokenJsModel({ providers: { gemini }, target }), hello);
    expect([reply.content, reply.reason, reply.target]).toEqual(['Good day', 'stop', target]);
    expect(asked.map(({ path }) => path)).toEqual([
      expect.stringContaining('/models/gemini-9-pro:streamGenerateContent'),
    ]);
  });
});

describe('without what is needed', () => {
  it('says which variable holds the key, before anything is sent', async () => {
    const error = await failureOf(complete(new TokenJsModel(readModelSettings({})), hello));
    expect([error.category, error.message]).toEqual([
      'not-configured',
      'Could not ask openai: it has no API key. Set OPENAI_API_KEY in the environment.',
    ]);
  });

  it('refuses a provider that nobody knows', async () => {
    const model = new TokenJsModel(readModelSettings({ SMALLTALK_DEFAULT_PROVIDER: 'toString' }));
    expect((await failureOf(complete(model, hello))).message).toContain('There is no provider toString');
  });
});
