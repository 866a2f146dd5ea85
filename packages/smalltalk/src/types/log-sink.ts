/** How much a log record matters. */
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'CRITICAL';

/** One line of a structured log. */
export type LogRecord = {
  /** ISO 8601. */
  readonly timestamp: string;
  readonly level: LogLevel;
  readonly component: string;
  readonly message: string;
  readonly correlation_id?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

/** Where SmallTalk's log goes. */
export interface LogSink {
  write(record: LogRecord): void;
}

/** A log of one JSON object per line, on standard error unless told otherwise. */
export function jsonLogSink(stream: NodeJS.WritableStream = process.stderr): LogSink {
  return { write: (record) => void stream.write(`${JSON.stringify(record)}\n`) };
}

/** An error as a log can carry it, stack and causes included. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...('code' in error ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
