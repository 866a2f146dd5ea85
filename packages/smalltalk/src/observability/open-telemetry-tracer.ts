import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type * as Api from '@opentelemetry/api';
import { ModelError } from '../types/model-error.ts';
import type { Span, SpanAttributes, Tracer } from '../types/tracer.ts';
import { VERSION } from '../version.ts';
import type { OpenTelemetryOptions } from './open-telemetry-options.ts';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

const TRACED_BY_DEFAULT = 0.1;

/**
 * Hands SmallTalk's spans to OpenTelemetry.
 *
 * What is not sampled is decided where a trace begins, and costs nothing below that. The span under way is remembered
 * here as well, so that no context manager has to be registered.
 */
export class OpenTelemetryTracer implements Tracer {
  readonly #api: typeof Api;
  readonly #tracer: Api.Tracer;
  readonly #sampleRate: number;
  readonly #underWay = new AsyncLocalStorage<Api.Context>();

  constructor(
    api: typeof Api,
    { sampleRate = TRACED_BY_DEFAULT, tracerProvider }: OpenTelemetryOptions = {},
  ) {
    this.#api = api;
    this.#sampleRate = sampleRate;
    this.#tracer = (tracerProvider ?? api.trace).getTracer('smalltalk', VERSION);
  }

  begin(name: string, attributes: SpanAttributes = {}, traceparent?: string): Span {
    const { trace } = this.#api;
    const parent = this.#parent(traceparent);
    const isTraced = trace.getSpanContext(parent);
    if (isTraced === undefined ? Math.random() >= this.#sampleRate : !this.#isSampled(isTraced))
      return this.#unsampled(parent);
    const span = this.#tracer.startSpan(name, { attributes }, parent);
    const context = trace.setSpan(parent, span);
    return {
      set: (more) => void span.setAttributes(more),
      fail: (error) => this.#fail(span, error),
      end: () => span.end(),
      run: (work) => this.#within(context, work),
    };
  }

  current(): string | undefined {
    const found = this.#api.trace.getSpanContext(this.#here());
    return found !== undefined && this.#isSampled(found) ? writeTraceparent(found) : undefined;
  }

  #parent(traceparent: string | undefined): Api.Context {
    const remote = traceparent === undefined ? undefined : readTraceparent(traceparent);
    return remote === undefined
      ? this.#here()
      : this.#api.trace.setSpanContext(this.#api.ROOT_CONTEXT, remote);
  }

  /** The host's own span, where it has begun one meanwhile; else ours. */
  #here(): Api.Context {
    const active = this.#api.context.active();
    if (this.#api.trace.getSpanContext(active) !== undefined) return active;
    return this.#underWay.getStore() ?? active;
  }

  #isSampled({ traceFlags }: Api.SpanContext): boolean {
    return (traceFlags & this.#api.TraceFlags.SAMPLED) !== 0;
  }

  /** Whatever is begun below knows by this that it is not wanted. */
  #unsampled(parent: Api.Context): Span {
    const { trace, TraceFlags } = this.#api;
    const context =
      trace.getSpanContext(parent) === undefined
        ? trace.setSpanContext(parent, {
            traceId: randomBytes(16).toString('hex'),
            spanId: randomBytes(8).toString('hex'),
            traceFlags: TraceFlags.NONE,
          })
        : parent;
    return {
      set: () => undefined,
      fail: () => undefined,
      end: () => undefined,
      run: (work) => this.#within(context, work),
    };
  }

  #within<T>(context: Api.Context, work: () => T): T {
    return this.#underWay.run(context, () => this.#api.context.with(context, work));
  }

  #fail(span: Api.Span, error: unknown): void {
    const known = error instanceof Error ? error : new Error(String(error));
    if (error instanceof ModelError) span.setAttribute('error.type', error.category);
    span.recordException(known);
    span.setStatus({ code: this.#api.SpanStatusCode.ERROR, message: known.message });
  }
}
