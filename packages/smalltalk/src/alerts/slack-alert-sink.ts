import type { Alert, AlertSink } from '../types/alert-sink.ts';
import { toHeadline, toReport } from './alert-text.ts';
import { postJson } from './post-json.ts';

/** Tells a channel in Slack, by the address of its incoming webhook. */
export class SlackAlertSink implements AlertSink {
  readonly #webhook: string;

  constructor(webhook: string) {
    this.#webhook = webhook;
  }

  async alert(alert: Alert): Promise<void> {
    // In a plain block nothing of an error's text becomes a mention or a link.
    await postJson('Slack', this.#webhook, {
      text: toHeadline(alert),
      blocks: [{ type: 'section', text: { type: 'plain_text', text: toReport(alert).slice(0, 3000) } }],
    });
  }
}
