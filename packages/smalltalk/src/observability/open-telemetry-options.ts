import type { MeterProvider, TracerProvider } from '@opentelemetry/api';

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
