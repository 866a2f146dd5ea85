import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Alert } from '../types/alert-sink.ts';
import { toReport } from './alert-text.ts';
import { EmailAlertSink } from './email-alert-sink.ts';
import { PagerDutyAlertSink } from './pager-duty-alert-sink.ts';
import { readAlertSettings } from './read-alert-settings.ts';
import { SlackAlertSink } from './slack-alert-sink.ts';

const alert: Alert = {
  kind: 'agent-failed',
  severity: 'critical',
  agentId: 'Writer',
  correlationId: 'c-1',
  error: '<!channel> disk gone',
  retryCount: 3,
  timestamp: '2026-01-01T00:00:00.000Z',
};

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Takes what is posted, and answers with the statuses in order, the last one for ever. */
async function openService(...statuses: readonly number[]) {
  const posted: unknown[] = [];
  const server = createHttpServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      response.writeHead(statuses[posted.length] ?? statuses.at(-1) ?? 200, { connection: 'close' }).end();
      posted.push(JSON.parse(text));
    });
  });
  return { url: `http://127.0.0.1:${String(await listen(server))}/hook`, posted };
}

function answerTo(line: string): string {
  if (/^DATA/i.test(line)) return '354 go on';
  if (/^STARTTLS/i.test(line)) return '502 not here';
  return /^QUIT/i.test(line) ? '221 bye' : '250 ok';
}

/** As much of SMTP as it takes to be handed a mail. */
async function openMailServer() {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let mail: string | undefined;
    socket.on('error', () => undefined);
    socket.write('220 test ESMTP\r\n');
    socket.on('data', (data) => {
      for (const line of data.toString('utf8').split('\r\n').slice(0, -1))
        if (mail === undefined) {
          if (/^DATA/i.test(line)) mail = '';
          socket.write(`${answerTo(line)}\r\n`);
        } else if (line === '.') {
          mails.push(mail);
          mail = undefined;
          socket.write('250 taken\r\n');
        } else mail += `${line}\n`;
    });
  });
  return { port: await listen(server), mails };
}

describe('an alert', () => {
  it('reaches a channel in Slack as text that calls nobody', async () => {
    const { url, posted } = await openService();
    await new SlackAlertSink(url).alert(alert);
    expect(posted).toMatchObject([
      {
        text: 'CRITICAL: agent-failed (Writer)',
        blocks: [{ text: { type: 'plain_text', text: toReport(alert) } }],
      },
    ]);
  });

  it('opens one incident in PagerDuty, which ends with the degradation', async () => {
    const { url, posted } = await openService(202);
    const sink = new PagerDutyAlertSink({ routingKey: 'key', url });
    await sink.alert(alert);
    await sink.alert({ ...alert, retryCount: 4 });
    await sink.alert({ ...alert, kind: 'degradation-entered' });
    await sink.alert({ ...alert, kind: 'degradation-left' });
    expect(posted).toMatchObject([
      { routing_key: 'key', event_action: 'trigger', dedup_key: 'smalltalk:agent-failed:Writer:' },
      { dedup_key: 'smalltalk:agent-failed:Writer:', payload: { severity: 'critical', source: 'smalltalk' } },
      { event_action: 'trigger', dedup_key: 'smalltalk:degradation-entered:Writer:' },
      { event_action: 'resolve', dedup_key: 'smalltalk:degradation-entered:Writer:' },
    ]);
  });

  it('is sent once more where the service is at fault, and says who did not take it', async () => {
    const passing = await openService(503, 200);
    await new SlackAlertSink(passing.url).alert(alert);
    expect(passing.posted).toHaveLength(2);
    const refusing = await openService(404);
    const refused = new SlackAlertSink(refusing.url).alert(alert);
    await expect(refused).rejects.toThrow('Slack did not take an alert: it answered 404');
    expect(refusing.posted).toHaveLength(1);
  });

  it('goes out as a mail', async () => {
    const { port, mails } = await openMailServer();
    const sink = new EmailAlertSink({
      to: 'ops@example.org',
      from: 'bot@example.org',
      host: '127.0.0.1',
      port,
    });
    await sink.alert(alert);
    expect(mails).toHaveLength(1);
    for (const part of ['To: ops@example.org', 'Subject: CRITICAL: agent-failed (Writer)', 'disk gone'])
      expect(mails[0]).toContain(part);
  });

  it('sends no password to a server that does not encrypt', async () => {
    const { port, mails } = await openMailServer();
    const login = { user: 'bot', password: 'secret' };
    const sink = new EmailAlertSink({ to: 'o@e.org', from: 'b@e.org', host: '127.0.0.1', port, ...login });
    await expect(sink.alert(alert)).rejects.toThrow();
    expect(mails).toEqual([]);
  });
});

describe('the sinks that the environment names', () => {
  it('are all told, although one of them fails, and within half a minute', async () => {
    const console = new PassThrough();
    const [broken, working, mail] = [await openService(400), await openService(202), await openMailServer()];
    const sink = readAlertSettings(
      {
        ALERT_SLACK_WEBHOOK: broken.url,
        ALERT_PAGERDUTY_KEY: 'key',
        ALERT_PAGERDUTY_URL: working.url,
        ALERT_EMAIL_TO: 'ops@example.org',
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: String(mail.port),
      },
      console,
    );
    const startedAt = performance.now();
    await expect(sink.alert(alert)).rejects.toThrow('Slack did not take an alert: it answered 400');
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    expect([working.posted.length, mail.mails.length]).toEqual([1, 1]);
    expect(String(console.read())).toContain('CRITICAL: agent-failed (Writer)\nagentId: Writer\n');
  });

  it('are refused where they are not whole', () => {
    expect(() => readAlertSettings({ ALERT_EMAIL_TO: 'a@b.c' })).toThrow('needs SMTP_HOST');
    expect(() => readAlertSettings({ ALERT_SLACK_WEBHOOK: 'secret' })).toThrow('begins with https://');
    expect(() => readAlertSettings({ ALERT_EMAIL_TO: 'a@b.c', SMTP_HOST: 'h', SMTP_PORT: 'x' })).toThrow(
      'SMTP_PORT is a port',
    );
  });
});
