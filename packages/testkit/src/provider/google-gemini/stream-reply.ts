import type { Beat, Reply } from '../conversation.ts';
import type { Dialect, StreamEvent } from '../dialect.ts';
import { list, pieces, record } from '../json-values.ts';
import { parseGenerateRequest } from './parse-request.ts';

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

/** Google's Gemini API: `:streamGenerateContent` as server-sent events, `:generateContent` as one answer. */
export const googleGemini: Dialect = {
  accepts: (path) => /:(?:streamG|g)enerateContent$/.test(path),
  parse: parseGenerateRequest,
  toError: (status) => ({
    error: { code: status, message: `Scripted error ${status}`, status: STATUSES[status] ?? 'INTERNAL' },
  }),
  async stream(reply, { id, send, pace }) {
    for (const [at, beat] of reply.beats.entries()) {
      await pace(beat);
      for (const part of toParts(beat, `${id}_${at}`)) await send(toChunk([part]));
    }
    await send({ ...toChunk([], 'STOP'), usageMetadata: toUsage(reply.usage) });
  },
  whole: {
    isWanted: (path) => path.endsWith(':generateContent'),
    join(events) {
      const parts = events
        .flatMap((event) => list(event['candidates']))
        .flatMap((candidate) => list(record(record(candidate)['content'])['parts']));
      return { ...events.at(-1), ...toChunk(parts, 'STOP') };
    },
  },
};

function toChunk(parts: readonly unknown[], finishReason?: string): StreamEvent {
  const candidate = { index: 0, content: { role: 'model', parts } };
  return {
    candidates: [finishReason === undefined ? candidate : { ...candidate, finishReason }],
    modelVersion: 'scripted',
  };
}

function toParts(beat: Beat, id: string): readonly unknown[] {
  switch (beat.kind) {
    case 'text':
      return pieces(beat.text).map((text) => ({ text }));
    case 'thought':
      return [{ text: beat.text, thought: true }];
    case 'call':
      return [{ functionCall: { id: `call_${id}`, name: beat.call.tool, args: beat.call.input } }];
    case 'wait':
    case 'slow':
    case 'hang':
      return [];
  }
}

function toUsage({ input, output }: Extract<Reply, { kind: 'stream' }>['usage']): unknown {
  return { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output };
}
