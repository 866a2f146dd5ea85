import { describe, expect, it } from 'vitest';
import { parseGenerateRequest } from './parse-request.ts';

const user = (...parts: unknown[]) => ({ role: 'user', parts });
const done = { functionResponse: { id: 'c', name: 'run_shell_command', response: { output: 'ok' } } };

describe('a request to the Gemini API', () => {
  it('is read from the last thing that a person said', () => {
    const contents = [
      user({ text: '[[say old]]' }),
      user(done),
      { role: 'model', parts: [{ text: '[[say not mine]]' }] },
      user({ text: '<session_context>x</session_context>' }, { text: '[[say new]]' }),
      user(done, done),
    ];
    expect(parseGenerateRequest({ contents })).toMatchObject({ prompt: '[[say new]]', position: 2 });
  });

  it('knows the tools with their parameters, and reads nonsense as nothing', () => {
    const declared = { name: 'run_shell_command', parametersJsonSchema: { properties: { command: {} } } };
    const tools = [{ functionDeclarations: [declared, { description: 'nameless' }] }, { googleSearch: {} }];
    expect(parseGenerateRequest({ contents: [], tools }).tools).toEqual([
      { name: 'run_shell_command', freeform: false, parameters: new Set(['command']) },
    ]);
    expect(parseGenerateRequest(null)).toEqual({ prompt: '', position: 0, tools: [] });
  });
});
