import { StorageError } from '../types/errors.ts';
import type { Alert, AlertSink } from '../types/alert-sink.ts';
import { toHeadline, toReport } from './alert-text.ts';

/** How mail is sent. */
export type EmailOptions = {
  readonly to: string;
  readonly from: string;
  readonly host: string;
  /** 587. */
  readonly port?: number;
  /** Both or none. */
  readonly user?: string;
  readonly password?: string;
  /** Whether the connection is encrypted from its first byte, as on port 465; otherwise as soon as the server can. */
  readonly secure?: boolean;
};

/** Sends a mail for each alert, with the library `nodemailer`, which is loaded with the first. */
export class EmailAlertSink implements AlertSink {
  readonly #options: EmailOptions;

  constructor(options: EmailOptions) {
    this.#options = options;
  }

  async alert(alert: Alert): Promise<void> {
    const { to, from, host, port = 587, user, password, secure = port === 465 } = this.#options;
    const { createTransport } = await loadNodemailer();
    const transport = createTransport({
      host,
      port,
      secure,
      // A password never goes out unencrypted, whatever the server says it can.
      requireTLS: user !== undefined && !secure,
      ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 10_000,
    });
    try {
      await transport.sendMail({ to, from, subject: toHeadline(alert), text: toReport(alert) });
    } finally {
      transport.close();
    }
  }
}

async function loadNodemailer() {
  try {
    return await import('nodemailer');
  } catch (cause) {
    throw new StorageError('What sends mail is not installed. Add it: npm install nodemailer', cause);
  }
}
