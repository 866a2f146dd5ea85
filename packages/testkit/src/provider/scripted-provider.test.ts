import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ScriptedProvider, startScriptedProvider } from './scripted-provider.ts';

let provider: ScriptedProvider;

beforeEach(async () => {
  provider = await startScriptedProvider();
});
afterEach(() => provider.close());

const shell = { type: 'function', name: 'exec_command', parameters: { properties: { cmd: {} } } };
const user = (text: string) => ({ role: 'user', content: [{ type: 'input_text', text }] });

function ask(input: readonly unknown[], signal?: AbortSignal): Promise<Response> {
  const body = JSON.stringify({ model: 'gpt-5.5', stream: true, tools: [shell], input });
  return fetch(`${provider.url}/responses`, {
    method: 'POST',
    body,
    ...(signal === undefined ? {} : { signal }),
  });
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(new URL(path, provider.url), { method: 'POST', body: JSON.stringify(body) });
}

/** The events of a stream, by their type and data. */
async function eventsOf(response: Response): Promise<readonly Record<string, unknown>[]> {
  const blocks = (await response.text()).split('\n\n').filter((block) => block !== '');
  return blocks.map(
    (block) => JSON.parse(block.slice(block.indexOf('data: ') + 6)) as Record<string, unknown>,
  );
}

describe('the scripted provider', () => {
  it('streams words and a tool call, and then the usage', async () => {
    const events = await eventsOf(
      await ask([user('<environment_context>'), user('[[say one two]][[sh ls]]')]),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.output_item.added',
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_item.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events.at(-2)).toMatchObject({
      item: { type: 'function_call', name: 'exec_command', arguments: '{"cmd":"ls"}' },
    });
    expect(events.at(-1)).toMatchObject({ response: { usage: { input_tokens: 100, total_tokens: 120 } } });
  });

  it('counts results since the last thing a person said', async () => {
    const result = { type: 'function_call_output', call_id: 'c', output: '' };
    const said = [user('[[sh a]]'), result, user('[[say first]][[sh b]][[say last]]'), result];
    const events = await eventsOf(await ask(said));
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'response.output_text.delta', delta: 'last' }),
    );
    expect(JSON.stringify(events)).not.toContain('first');
  });

  it('refuses, and cuts the connection, as often as told', async () => {
    const script = [user('[[http 429 1]][[drop]][[say hi]]')];
    expect((await ask(script)).status).toBe(429);
    await expect(ask(script)).rejects.toThrow('fetch failed');
    expect((await ask(script)).status).toBe(200);
    expect(provider.requests).toHaveLength(3);
  });

  it('hangs until its caller leaves, and closes all the same', async () => {
    const caller = new AbortController();
    const response = await ask([user('[[hang]]')], caller.signal);
    expect(response.status).toBe(200);
    caller.abort();
    await expect(response.text()).rejects.toThrow('aborted');
  });

  it('closes by itself when it is forgotten', async () => {
    const forgotten = await startScriptedProvider(1);
    await expect
      .poll(() =>
        fetch(forgotten.url).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
  });

  const script = '[[say one two]][[usage 7 3]]';

  it.each([
    {
      path: '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
      request: {
        contents: [{ role: 'user', parts: [{ text: script }] }],
        tools: [{ functionDeclarations: [{ name: 'run_shell_command' }] }],
      },
      first: { candidates: [{ content: { role: 'model', parts: [{ text: 'one' }] } }] },
      last: { candidates: [{ finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 7 } },
      end: '',
    },
    {
      path: '/v1/chat/completions',
      request: {
        stream: true,
        messages: [{ role: 'user', content: script }],
        tools: [{ type: 'function', function: { name: 'bash' } }],
      },
      first: { choices: [{ delta: { content: 'one' } }] },
      last: { choices: [{ finish_reason: 'stop' }], usage: { prompt_tokens: 7 } },
      end: 'data: [DONE]',
    },
  ])('speaks another vendor’s wire: $path', async ({ path, request, first, last, end }) => {
    const told = (await (await post(path, request)).text()).split('\n\n');
    const events = told.filter((block) => block.startsWith('data: {'));
    expect(JSON.parse(events[0]?.slice(6) ?? '')).toMatchObject(first);
    expect(JSON.parse(events.at(-1)?.slice(6) ?? '')).toMatchObject(last);
    expect(told.at(-2)).toContain(end);
  });

  it('answers in one piece where no stream is wanted', async () => {
    const gemini = { contents: [{ role: 'user', parts: [{ text: 'title?' }] }] };
    expect(await (await post('/v1beta/models/x:generateContent', gemini)).json()).toMatchObject({
      candidates: [{ content: { parts: [{ text: 'ok' }] }, finishReason: 'STOP' }],
    });
    const chat = { messages: [{ role: 'user', content: 'title?' }] };
    expect(await (await post('/v1/chat/completions', chat)).json()).toMatchObject({
      choices: [{ message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
    });
  });

  it('answers nothing but a vendor’s path', async () => {
    expect((await fetch(`${provider.url}/models`)).status).toBe(404);
  });
});
