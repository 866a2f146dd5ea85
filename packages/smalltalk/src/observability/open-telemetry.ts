import { type MetricSink, noMetrics } from '../types/metric-sink.ts';
import { noTracer, type Tracer } from '../types/tracer.ts';
import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { OpenTelemetryMetrics } from './open-telemetry-metrics.ts';
import { OpenTelemetryTracer } from './open-telemetry-tracer.ts';

/** How a host's OpenTelemetry is used; everything has a default. */
export type OpenTelemetryOptions = {
  /** The share of conversations that are traced, 0 to 1: 0.1. What another process has begun to trace goes on. */
  readonly sampleRate?: number;
  /** The one that is registered for the process unless told otherwise. */
  readonly tracerProvider?: TracerProvider;
  /** The one that is registered for the process unless told otherwise. */
  readonly meterProvider?: MeterProvider;
  /** So many values a label of a metric may have; any further one is told as `other` (100). */
  readonly maxLabelValues?: number;
};

/** For `new SmallTalk({ ...telemetry })`. */
export type OpenTelemetry = {
  readonly tracer: Tracer;
  readonly metrics: MetricSink;
  /** False where `@opentelemetry/api` is not installed: then nothing is traced and nothing measured. */
  readonly isInstalled: boolean;
};

/** SmallTalk's traces and metrics for the OpenTelemetry SDK that the host has set up, before this is called. */
export async function openTelemetry(options: OpenTelemetryOptions = {}): Promise<OpenTelemetry> {
  const api = await import('@opentelemetry/api').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  });
  if (api === undefined) return { tracer: noTracer, metrics: noMetrics, isInstalled: false };
  return {
    tracer: new OpenTelemetryTracer(api, options),
    metrics: new OpenTelemetryMetrics(api, options),
    isInstalled: true,
  };
}
