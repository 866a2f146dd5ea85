import type { Reply, ToolCall } from '../conversation.ts';
import type { Dialect, StreamEvent } from '../dialect.ts';
import { pieces } from '../json-values.ts';
import { parseResponsesRequest } from './parse-request.ts';

/** OpenAI's Responses API: `POST /v1/responses`, answered as server-sent events. */
export const openaiResponses: Dialect = {
  accepts: (path) => path.endsWith('/responses'),
  parse: parseResponsesRequest,
  toError: (status) => ({
    error: {
      message: `Scripted error ${status}`,
      type: status === 429 ? 'rate_limit_exceeded' : 'error',
      code: null,
    },
  }),
  async stream(reply, { id, send, pace }) {
    await send({ type: 'response.created', response: { id, object: 'response', status: 'in_progress' } });
    const output: unknown[] = [];
    for (const [index, beat] of reply.beats.entries()) {
      await pace(beat);
      const events = toEvents(beat, `${id}_${index}`, output.length);
      for (const event of events) {
        if (event.type === 'response.output_item.done') output.push(event['item']);
        await send(event);
      }
    }
    await send({
      type: 'response.completed',
      response: { id, object: 'response', status: 'completed', output, usage: toUsage(reply.usage) },
    });
  },
};

function toEvents(
  beat: Extract<Reply, { kind: 'stream' }>['beats'][number],
  id: string,
  index: number,
): StreamEvent[] {
  switch (beat.kind) {
    case 'text':
      return textEvents(beat.text, id, index);
    case 'thought':
      return thoughtEvents(beat.text, id, index);
    case 'call':
      return [{ type: 'response.output_item.done', output_index: index, item: toItem(beat.call, id) }];
    case 'wait':
    case 'slow':
    case 'hang':
      return [];
  }
}

function textEvents(text: string, id: string, index: number): StreamEvent[] {
  const item = { type: 'message', id: `msg_${id}`, role: 'assistant' };
  const place = { item_id: item.id, output_index: index, content_index: 0 };
  return [
    { type: 'response.output_item.added', output_index: index, item: { ...item, content: [] } },
    ...pieces(text).map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
    {
      type: 'response.output_item.done',
      output_index: index,
      item: { ...item, content: [{ type: 'output_text', text }] },
    },
  ];
}

function thoughtEvents(text: string, id: string, index: number): StreamEvent[] {
  const item = { type: 'reasoning', id: `rs_${id}` };
  const place = { item_id: item.id, output_index: index, summary_index: 0 };
  return [
    { type: 'response.output_item.added', output_index: index, item: { ...item, summary: [] } },
    ...pieces(text).map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...place, delta })),
    {
      type: 'response.output_item.done',
      output_index: index,
      item: { ...item, summary: [{ type: 'summary_text', text }] },
    },
  ];
}

function toItem({ tool, input, freeform, namespace }: ToolCall, id: string): unknown {
  const group = namespace === undefined ? {} : { namespace };
  const call = { id: `fc_${id}`, call_id: `call_${id}`, name: tool, ...group };
  if (freeform)
    return {
      type: 'custom_tool_call',
      ...call,
      input: typeof input === 'string' ? input : JSON.stringify(input),
    };
  return { type: 'function_call', ...call, arguments: JSON.stringify(input) };
}

function toUsage({ input, output }: { readonly input: number; readonly output: number }): unknown {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}
