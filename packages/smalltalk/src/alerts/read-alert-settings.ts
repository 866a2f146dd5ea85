import type { Environment } from '../core/read-persistence-settings.ts';
import { ValidationError } from '../types/errors.ts';
import type { AlertSink } from '../types/alert-sink.ts';
import { allAlerts } from './all-alerts.ts';
import { ConsoleAlertSink } from './console-alert-sink.ts';
import { EmailAlertSink } from './email-alert-sink.ts';
import { PagerDutyAlertSink } from './pager-duty-alert-sink.ts';
import { SlackAlertSink } from './slack-alert-sink.ts';

/**
 * Makes the sinks that the environment names, for `new SmallTalk({ alerts })`; the console is always one of them.
 *
 * ALERT_EMAIL_TO with SMTP_HOST, SMTP_PORT (587), SMTP_FROM, SMTP_USER and SMTP_PASSWORD; ALERT_SLACK_WEBHOOK;
 * ALERT_PAGERDUTY_KEY, with ALERT_PAGERDUTY_URL for another address than PagerDuty's.
 */
export function readAlertSettings(env: Environment, stream?: NodeJS.WritableStream): AlertSink {
  return allAlerts(new ConsoleAlertSink(stream), ...readEmail(env), ...readSlack(env), ...readPagerDuty(env));
}

function readEmail(env: Environment): AlertSink[] {
  const to = read(env, 'ALERT_EMAIL_TO');
  if (to === undefined) return [];
  const host = read(env, 'SMTP_HOST');
  if (host === undefined) throw new ValidationError('ALERT_EMAIL_TO needs SMTP_HOST as well', ['SMTP_HOST']);
  const [user, password] = [read(env, 'SMTP_USER'), read(env, 'SMTP_PASSWORD')];
  const from = read(env, 'SMTP_FROM') ?? to;
  const login = user === undefined ? {} : { user, ...(password !== undefined && { password }) };
  return [new EmailAlertSink({ to, from, host, port: readPort(env), ...login })];
}

function readPort(env: Environment): number {
  const port = Number(read(env, 'SMTP_PORT') ?? 587);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new ValidationError('SMTP_PORT is a port from 1 to 65535', ['SMTP_PORT']);
}

function readSlack(env: Environment): AlertSink[] {
  const webhook = read(env, 'ALERT_SLACK_WEBHOOK');
  return webhook === undefined ? [] : [new SlackAlertSink(readUrl('ALERT_SLACK_WEBHOOK', webhook))];
}

function readPagerDuty(env: Environment): AlertSink[] {
  const routingKey = read(env, 'ALERT_PAGERDUTY_KEY');
  if (routingKey === undefined) return [];
  const url = read(env, 'ALERT_PAGERDUTY_URL');
  return [
    new PagerDutyAlertSink({
      routingKey,
      ...(url !== undefined && { url: readUrl('ALERT_PAGERDUTY_URL', url) }),
    }),
  ];
}

/** An address may hold a secret, and is in no message. */
function readUrl(name: string, text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new ValidationError(`${name} is an address that begins with https://`, [name]);
}

function read(env: Environment, name: string): string | undefined {
  const text = env[name]?.trim() ?? '';
  return text === '' ? undefined : text;
}
