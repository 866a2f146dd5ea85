import type { Beat, Reply } from '../conversation.ts';
import type { Dialect, StreamEvent } from '../dialect.ts';
import { pieces } from '../json-values.ts';
import { parseMessagesRequest } from './parse-request.ts';

const ERRORS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** Anthropic's Messages API: `POST /v1/messages`, answered as server-sent events. */
export const anthropicMessages: Dialect = {
  accepts: (path) => path.endsWith('/messages'),
  parse: parseMessagesRequest,
  toError: (status) => ({
    type: 'error',
    error: { type: ERRORS[status] ?? 'api_error', message: `Scripted error ${status}` },
  }),
  async stream(reply, { id, send, pace }) {
    await send(opening(reply, id));
    let index = 0;
    for (const [at, beat] of reply.beats.entries()) {
      await pace(beat);
      const events = toBlock(beat, { id: `${id}_${at}`, index });
      for (const event of events) await send(event);
      if (events.length > 0) index += 1;
    }
    const isCalling = reply.beats.some(({ kind }) => kind === 'call');
    await send({
      type: 'message_delta',
      delta: { stop_reason: isCalling ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { output_tokens: reply.usage.output },
    });
    await send({ type: 'message_stop' });
  },
};

function opening(reply: Extract<Reply, { kind: 'stream' }>, id: string): StreamEvent {
  const usage = { input_tokens: reply.usage.input, output_tokens: 1 };
  return {
    type: 'message_start',
    message: {
      ...{ id: `msg_${id}`, type: 'message', role: 'assistant', model: 'scripted', content: [] },
      ...{ stop_reason: null, stop_sequence: null, usage },
    },
  };
}

function toBlock(beat: Beat, place: { readonly id: string; readonly index: number }): StreamEvent[] {
  const { index } = place;
  const block = (content: object, deltas: readonly object[]): StreamEvent[] => [
    { type: 'content_block_start', index, content_block: content },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
  switch (beat.kind) {
    case 'text':
      return block(
        { type: 'text', text: '' },
        pieces(beat.text).map((text) => ({ type: 'text_delta', text })),
      );
    case 'thought':
      return block({ type: 'thinking', thinking: '', signature: '' }, [
        ...pieces(beat.text).map((thinking) => ({ type: 'thinking_delta', thinking })),
        { type: 'signature_delta', signature: 'c2lnbmVk' },
      ]);
    case 'call':
      return block({ type: 'tool_use', id: `toolu_${place.id}`, name: beat.call.tool, input: {} }, [
        { type: 'input_json_delta', partial_json: JSON.stringify(beat.call.input) },
      ]);
    case 'wait':
    case 'slow':
    case 'hang':
      return [];
  }
}
