import type { Beat, Reply } from '../conversation.ts';
import type { Dialect, StreamEvent } from '../dialect.ts';
import { list, pieces, record, text } from '../json-values.ts';
import { parseChatRequest } from './parse-request.ts';

/** OpenAI's Chat Completions, which many other vendors speak: `POST /v1/chat/completions`. */
export const openaiChat: Dialect = {
  accepts: (path) => path.endsWith('/chat/completions'),
  parse: parseChatRequest,
  toError: (status) => ({
    error: {
      message: `Scripted error ${status}`,
      type: status === 429 ? 'rate_limit_exceeded' : 'error',
      code: null,
    },
  }),
  async stream(reply, { id, send, pace }) {
    let calls = 0;
    for (const [at, beat] of reply.beats.entries()) {
      await pace(beat);
      for (const delta of toDeltas(beat, `${id}_${at}`, calls)) await send(toChunk(id, { delta }));
      if (beat.kind === 'call') calls += 1;
    }
    const reason = calls > 0 ? 'tool_calls' : 'stop';
    await send({ ...toChunk(id, { delta: {}, finish_reason: reason }), usage: toUsage(reply.usage) });
  },
  end: '[DONE]',
  whole: {
    isWanted: (_path, body) => record(body)['stream'] !== true,
    join: (events) => ({ ...events.at(-1), object: 'chat.completion', choices: [toChoice(events)] }),
  },
};

function toChunk(id: string, choice: object): StreamEvent {
  const made = { id: `chatcmpl_${id}`, object: 'chat.completion.chunk', created: 0, model: 'scripted' };
  return { ...made, choices: [{ index: 0, finish_reason: null, ...choice }] };
}

function toDeltas(beat: Beat, id: string, index: number): readonly object[] {
  switch (beat.kind) {
    case 'text':
      return pieces(beat.text).map((content) => ({ role: 'assistant', content }));
    case 'thought':
      return pieces(beat.text).map((thought) => ({ role: 'assistant', reasoning_content: thought }));
    case 'call': {
      const call = { name: beat.call.tool, arguments: JSON.stringify(beat.call.input) };
      return [
        { role: 'assistant', tool_calls: [{ index, id: `call_${id}`, type: 'function', function: call }] },
      ];
    }
    case 'wait':
    case 'slow':
    case 'hang':
      return [];
  }
}

/** What the pieces of a stream say as one answer. */
function toChoice(events: readonly StreamEvent[]): unknown {
  const choices = events.flatMap(({ choices: told }) => list(told)).map(record);
  const deltas = choices.map(({ delta }) => record(delta));
  const content = deltas.map((delta) => text(delta['content'])).join('');
  const calls = deltas.flatMap((delta) => list(delta['tool_calls']));
  const message = { role: 'assistant', content, ...(calls.length === 0 ? {} : { tool_calls: calls }) };
  return { index: 0, message, finish_reason: choices.at(-1)?.['finish_reason'] ?? 'stop' };
}

function toUsage({ input, output }: Extract<Reply, { kind: 'stream' }>['usage']): unknown {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
