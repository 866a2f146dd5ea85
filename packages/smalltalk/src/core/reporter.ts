import type { Alert, AlertSink } from '../types/alert-sink.ts';
import { asPromise } from '../types/as-promise.ts';
import type { Clock } from '../types/clock.ts';
import { describeError, type LogLevel, type LogSink } from '../types/log-sink.ts';
import type { MetricSink } from '../types/metric-sink.ts';

/** Tells operators what a part of SmallTalk has to say: log, metrics and alerts under its component's name. */
export class Reporter {
  readonly metrics: MetricSink;
  readonly #component: string;
  readonly #clock: Clock;
  readonly #log: LogSink;
  readonly #alerts: AlertSink | undefined;

  constructor(parts: {
    component: string;
    clock: Clock;
    log: LogSink;
    metrics: MetricSink;
    alerts: AlertSink | undefined;
  }) {
    this.metrics = parts.metrics;
    this.#component = parts.component;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#alerts = parts.alerts;
  }

  log(level: LogLevel, message: string, metadata: Readonly<Record<string, unknown>> = {}): void {
    const { correlationId } = metadata;
    this.#log.write({
      timestamp: this.#now(),
      level,
      component: this.#component,
      message,
      ...(typeof correlationId === 'string' && { correlation_id: correlationId }),
      metadata,
    });
  }

  error(message: string, error: unknown, metadata: Readonly<Record<string, unknown>> = {}): void {
    this.log('ERROR', message, { ...metadata, error: describeError(error) });
  }

  /** Logs an alert, and hands it to whoever reaches people. */
  alert({ error, ...alert }: Omit<Alert, 'timestamp' | 'error'> & { error: unknown }): void {
    const sent: Alert = {
      ...alert,
      error: error instanceof Error ? error.message : String(error),
      timestamp: this.#now(),
    };
    this.log(alert.severity === 'critical' ? 'CRITICAL' : 'ERROR', alert.kind, {
      ...sent,
      error: describeError(error),
    });
    asPromise(() => this.#alerts?.alert(sent)).catch((fault: unknown) => {
      this.error('An alert could not be sent', fault, sent);
    });
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
