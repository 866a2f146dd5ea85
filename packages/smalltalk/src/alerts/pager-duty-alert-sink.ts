import type { Alert, AlertSink } from '../types/alert-sink.ts';
import { toHeadline } from './alert-text.ts';
import { postJson } from './post-json.ts';

/** Where PagerDuty takes events (its Events API, version 2). */
const PAGER_DUTY = 'https://events.pagerduty.com/v2/enqueue';

/** What a PagerDuty sink is made of. */
export type PagerDutyOptions = {
  /** The integration key of the service that is to be told. */
  readonly routingKey: string;
  /** PagerDuty's own address unless told otherwise. */
  readonly url?: string;
  /** What the alerts are said to come from: `smalltalk`. */
  readonly source?: string;
};

/** Opens an incident in PagerDuty; alerts of one thing are one incident, which ends when degradation does. */
export class PagerDutyAlertSink implements AlertSink {
  readonly #options: PagerDutyOptions;

  constructor(options: PagerDutyOptions) {
    this.#options = options;
  }

  async alert(alert: Alert): Promise<void> {
    const { routingKey, url = PAGER_DUTY, source = 'smalltalk' } = this.#options;
    await postJson('PagerDuty', url, {
      routing_key: routingKey,
      event_action: alert.kind === 'degradation-left' ? 'resolve' : 'trigger',
      dedup_key: toIncident(source, alert),
      payload: {
        summary: toHeadline(alert).slice(0, 1024),
        source,
        severity: alert.severity,
        timestamp: alert.timestamp,
        custom_details: alert,
      },
    });
  }
}

function toIncident(source: string, { kind, agentId = '', sessionId = '' }: Alert): string {
  const what = kind === 'degradation-left' ? 'degradation-entered' : kind;
  return [source, what, agentId, sessionId].join(':');
}
