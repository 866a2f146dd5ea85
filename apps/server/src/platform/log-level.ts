/** The levels of the log, from everything to nothing. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
/** How much is written. */
export type LogLevel = (typeof LOG_LEVELS)[number];
