import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { AgentFault, type SessionSpec } from './agent-adapter.ts';

/** The program of an agent of our own: beside its adapter from source, a bundle beside the server's from `dist`. */
export function ownProgram(here: string, bundle: string): string {
  return fileURLToPath(new URL(here.endsWith('.ts') ? './agent-main.ts' : bundle, here));
}

/** The name of a session of an agent of our own: the one to resume, which becomes a file's name, else a new one. */
export function ownSessionName(
  { resume }: Pick<SessionSpec, 'resume'>,
  { prefix, agent }: { readonly prefix: string; readonly agent: string },
): string {
  if (resume === undefined) return `${prefix}${randomUUID()}`;
  if (/^[\w-]+$/.test(resume)) return resume;
  const message = `${JSON.stringify(resume)} is no session of ${agent}`;
  throw new AgentFault({ class: 'bad-request', message, retryable: false });
}
