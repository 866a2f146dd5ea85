import { describe, expect, it } from 'vitest';
import { parseChatRequest } from './parse-request.ts';

describe('a request to Chat Completions', () => {
  it('is read from the last thing that a person said', () => {
    const messages = [
      { role: 'system', content: 'You are one' },
      { role: 'user', content: '[[say old]]' },
      { role: 'tool', tool_call_id: 'a', content: 'ok' },
      { role: 'assistant', content: '[[say not mine]]' },
      {
        role: 'user',
        content: [
          { type: 'text', text: '<env>' },
          { type: 'text', text: '[[say new]]' },
        ],
      },
      { role: 'tool', tool_call_id: 'b', content: 'ok' },
    ];
    expect(parseChatRequest({ messages })).toMatchObject({ prompt: '[[say new]]', position: 1 });
  });

  it('knows the tools with their parameters, and reads nonsense as nothing', () => {
    const tools = [
      { type: 'function', function: { name: 'bash', parameters: { properties: { command: {} } } } },
      { type: 'nameless' },
    ];
    expect(parseChatRequest({ messages: [], tools }).tools).toEqual([
      { name: 'bash', freeform: false, parameters: new Set(['command']) },
    ]);
    expect(parseChatRequest(null)).toEqual({ prompt: '', position: 0, tools: [] });
  });
});
