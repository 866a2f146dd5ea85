/** Facts about a span; values with few characters, none of what people say. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** One stretch of work that is timed. */
export interface Span {
  set(attributes: SpanAttributes): void;
  /** The work has failed; it still has to be ended. */
  fail(error: unknown): void;
  end(): void;
  /** Does a part of the work: spans that are begun meanwhile belong to this one. */
  run<T>(work: () => T): T;
}

/** Where the spans of what SmallTalk does go: conversations, decisions, agents, models, tools, deliveries, storage. */
export interface Tracer {
  /** Begins a span below the one under way, or below that which a `traceparent` of another process names. */
  begin(name: string, attributes?: SpanAttributes, traceparent?: string): Span;
  /** The span under way as W3C's `traceparent`; undefined where nothing is traced. */
  current(): string | undefined;
}

/** A span that nobody looks at. */
export const noSpan: Span = {
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
  run: (work) => work(),
};

/** Traces nothing and costs next to nothing. */
export const noTracer: Tracer = { begin: () => noSpan, current: () => undefined };
