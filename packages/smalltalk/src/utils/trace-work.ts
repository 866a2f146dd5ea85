import type { Span, SpanAttributes, Tracer } from '../types/tracer.ts';

/** What a span is to be called. */
export type SpanStart = {
  readonly tracer: Tracer;
  readonly name: string;
  readonly attributes?: SpanAttributes;
  /** The span of another process that it belongs to. */
  readonly traceparent?: string | undefined;
};

/** Does some work within a span of its own. */
export async function traceWork<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
  const span = begin(start);
  try {
    return await span.run(() => work(span));
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** Hands on what comes piece by piece within a span of its own, which ends with the last piece. */
export async function* traceStream<T>(
  start: SpanStart,
  work: (span: Span) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const span = begin(start);
  const parts = span.run(() => work(span)[Symbol.asyncIterator]());
  let isEnded = false;
  try {
    for (;;) {
      // A generator goes on in the context of whoever asks for its next piece, each time anew.
      const next = await span.run(() => parts.next());
      if (next.done === true) {
        isEnded = true;
        return;
      }
      yield next.value;
    }
  } catch (error) {
    isEnded = true;
    span.fail(error);
    throw error;
  } finally {
    if (!isEnded) await span.run(() => parts.return?.());
    span.end();
  }
}

function begin({ tracer, name, attributes = {}, traceparent }: SpanStart): Span {
  return tracer.begin(name, attributes, traceparent);
}
