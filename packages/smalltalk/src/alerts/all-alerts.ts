import type { AlertSink } from '../types/alert-sink.ts';
import { asPromise } from '../types/as-promise.ts';

/** Tells all of the sinks at once; one that fails keeps no other from being told, and what failed is one error. */
export function allAlerts(...sinks: readonly AlertSink[]): AlertSink {
  return {
    alert: async (alert) => {
      const told = await Promise.allSettled(sinks.map((sink) => asPromise(() => sink.alert(alert))));
      const failures = told.flatMap((end): unknown[] => (end.status === 'rejected' ? [end.reason] : []));
      if (failures.length > 0)
        throw new AggregateError(failures, `Not everybody could be told of an alert: ${failures.join('; ')}`);
    },
  };
}
