import { type MetricSink, noMetrics } from '../types/metric-sink.ts';
import { noTracer, type Tracer } from '../types/tracer.ts';
import { OpenTelemetryMetrics } from './open-telemetry-metrics.ts';
import type { OpenTelemetryOptions } from './open-telemetry-options.ts';
import { OpenTelemetryTracer } from './open-telemetry-tracer.ts';

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
