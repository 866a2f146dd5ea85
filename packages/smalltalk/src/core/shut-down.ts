import { type Clock, systemClock } from '../types/clock.ts';
import { jsonLogSink, type LogSink } from '../types/log-sink.ts';
import { noMetrics } from '../types/metric-sink.ts';
import { Reporter } from './reporter.ts';
import type { CloseOutcome } from './session-manager.ts';

/** What is stopped. */
export type Stoppable = { stop(): Promise<CloseOutcome> };

/** How a planned stop is carried out; everything has a default. */
export type ShutdownOptions = {
  /** How long the whole stop may take, in milliseconds: 60,000. */
  readonly totalTimeoutMs?: number;
  readonly clock?: Clock;
  /** JSON lines on standard error unless told otherwise. */
  readonly log?: LogSink;
};

/** A process as far as a stop needs it. */
export type StoppedProcess = {
  on(signal: NodeJS.Signals, hear: () => void): unknown;
  off(signal: NodeJS.Signals, hear: () => void): unknown;
  exit(code: number): void;
};

/** Stops a host, and gives the exit code: 1 where a session could not be saved, something failed, or time ran out. */
export async function performShutdown(host: Stoppable, options: ShutdownOptions = {}): Promise<0 | 1> {
  const { totalTimeoutMs = 60_000, clock = systemClock, log = jsonLogSink() } = options;
  const quiet = { metrics: noMetrics, alerts: undefined };
  const reporter = new Reporter({ component: 'shutdown', clock, log, ...quiet });
  const patience = new AbortController();
  const late = clock.sleep(totalTimeoutMs, patience.signal).then((): 'late' => 'late');
  try {
    const outcome = await Promise.race([host.stop(), late]);
    if (outcome === 'late') {
      reporter.log('CRITICAL', 'The stop was cut off: it took too long', { totalTimeoutMs });
      return 1;
    }
    if (outcome.failed.length === 0) return 0;
    reporter.log('CRITICAL', 'Sessions could not be saved before the stop', { sessions: outcome.failed });
    return 1;
  } catch (error) {
    reporter.error('The stop failed', error);
    return 1;
  } finally {
    patience.abort();
  }
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];

/**
 * Stops a host when the process is told to end, and then ends the process; a second signal ends it at once.
 *
 * @returns what takes this back.
 */
export function setupGracefulShutdown(
  host: Stoppable,
  options: ShutdownOptions & { readonly process?: StoppedProcess } = {},
): () => void {
  const { process: stopped = process, ...rest } = options;
  let isStopping = false;
  const hear = () => {
    if (isStopping) return stopped.exit(1);
    isStopping = true;
    void performShutdown(host, rest).then((code) => stopped.exit(code));
  };
  for (const signal of SIGNALS) stopped.on(signal, hear);
  return () => {
    for (const signal of SIGNALS) stopped.off(signal, hear);
  };
}
