import { describe, expect, it } from 'vitest';
import { parseResponsesRequest } from './parse-request.ts';

const said = (text: string) => ({ role: 'user', content: [{ type: 'input_text', text }] });

describe('a request to Responses', () => {
  it('is read from the last thing that a person said, whatever an agent put before it', () => {
    const input = [
      said('[[say old]]'),
      { type: 'function_call_output' },
      said('<time>now</time>\n\n[[say new]]'),
      { type: 'function_call_output' },
      said('<environment_context>\n[[say not mine]]\n</environment_context>'),
    ];
    expect(parseResponsesRequest({ input })).toMatchObject({ prompt: '[[say new]]', position: 1 });
  });

  it('knows tools in groups by the name of their group', () => {
    const tools = [{ type: 'namespace', name: 'srv', tools: [{ type: 'function', name: 'echo' }] }];
    expect(parseResponsesRequest({ input: [], tools }).tools).toEqual([
      { name: 'echo', freeform: false, parameters: new Set(), namespace: 'srv' },
    ]);
  });
});
