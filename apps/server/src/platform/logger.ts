import { chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { LogLevel } from './log-level.ts';
import type { Redactor } from './redact.ts';

/** Structured logs, one JSON object a line; bind ids with `child({ session, task })`. */
export type Logger = pino.Logger;

const LARGEST_BYTES = 10 * 1024 * 1024;
const KEPT = 5;

/** A logger that writes to `logs/thalogos.log` of the data directory (mode 0600), with secrets taken out. */
export function makeLogger({
  dataDirectory,
  level,
  redactor,
}: {
  dataDirectory: string;
  level: LogLevel;
  redactor: Redactor;
}): Logger {
  const folder = join(dataDirectory, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'thalogos.log');
  rotate(file);
  // Synchronous, so that the last line before a crash is there.
  const destination = pino.destination({ dest: file, sync: true, mode: 0o600 });
  // A disk that takes no more lines must not end the server; what was not written is tried again with the next line.
  destination.on('error', () => undefined);
  chmodSync(file, 0o600);
  return pino(
    {
      level,
      base: { pid: process.pid },
      redact: {
        paths: [
          'token',
          '*.token',
          'headers.authorization',
          'headers.cookie',
          '*.headers.authorization',
          '*.headers.cookie',
        ],
        censor: '[redacted]',
      },
      serializers: { error: pino.stdSerializers.errWithCause },
    },
    { write: (line: string) => void destination.write(redactor.redactText(line)) },
  );
}

/** A logger that writes nowhere, for parts that are used on their own. */
export function makeSilentLogger(): Logger {
  return pino({ level: 'silent' });
}

function rotate(file: string): void {
  if (!existsSync(file) || statSync(file).size < LARGEST_BYTES) return;
  for (let n = KEPT - 1; n >= 1; n -= 1) {
    if (existsSync(`${file}.${n}`)) renameSync(`${file}.${n}`, `${file}.${n + 1}`);
  }
  renameSync(file, `${file}.1`);
}
