import type { Alert, AlertSink } from '../types/alert-sink.ts';
import { toReport } from './alert-text.ts';

/** Writes alerts for people to read, on standard error unless told otherwise. */
export class ConsoleAlertSink implements AlertSink {
  readonly #stream: NodeJS.WritableStream;

  constructor(stream: NodeJS.WritableStream = process.stderr) {
    this.#stream = stream;
  }

  alert(alert: Alert): void {
    this.#stream.write(`${toReport(alert)}\n\n`);
  }
}
