import { describe, expect, it } from 'vitest';
import { parseMessagesRequest } from './parse-request.ts';

const user = (...content: unknown[]) => ({ role: 'user', content });
const text = (said: string) => ({ type: 'text', text: said });
const done = { type: 'tool_result', tool_use_id: 't', content: 'ok' };

describe('a request to the Messages API', () => {
  it('is read from the last thing that a person said', () => {
    const messages = [
      user(text('[[say old]]')),
      user(done),
      { role: 'assistant', content: [text('[[say not mine]]')] },
      user(
        text('<system-reminder>x</system-reminder>'),
        text('[[say new]]'),
        { type: 'image' },
        text('[Image: source: x.png]'),
      ),
      user(done, done),
    ];
    expect(parseMessagesRequest({ messages })).toMatchObject({ prompt: '[[say new]]', position: 2 });
  });

  it('takes what was said in the middle of a turn for a person’s word', () => {
    const steered =
      'The user sent a new message while you were working:\n[[say now]]\n\nThis is how it comes.';
    const messages = [user(text('[[say old]]')), user(done), { role: 'system', content: [text(steered)] }];
    expect(parseMessagesRequest({ messages })).toMatchObject({ prompt: '[[say now]]', position: 0 });
  });

  it('knows the tools with their parameters, and reads nonsense as nothing', () => {
    const tools = [{ name: 'Bash', input_schema: { properties: { command: {} } } }, { type: 'nameless' }];
    expect(parseMessagesRequest({ messages: [], tools }).tools).toEqual([
      { name: 'Bash', freeform: false, parameters: new Set(['command']) },
    ]);
    expect(parseMessagesRequest(null)).toEqual({ prompt: '', position: 0, tools: [] });
  });
});
