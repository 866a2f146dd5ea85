import type { ProcessExit } from '../platform/process.ts';
import type { AgentError } from './agent-adapter.ts';

/** The error of a process that ended in the middle of a turn; `exit` null where its end was not seen. */
export function crashError(who: string, exit: ProcessExit | null, complaint: string): AgentError {
  const how = exit?.signal ?? (exit === null ? 'before the turn' : `code ${exit.code}`);
  const message = `${who} ended unexpectedly (${how})${complaint === '' ? '' : `: ${complaint}`}`;
  return { class: 'crash', message, retryable: true };
}
