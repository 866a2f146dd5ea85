import type { Clock } from '../../platform/clock.ts';
import type { ProcessExit, RunningProcess } from '../../platform/process.ts';
import {
  type AgentEvent,
  AgentFault,
  type AgentSession,
  type Answer,
  type Input,
  type Turn,
} from '../agent-adapter.ts';
import { crashError } from '../crash-error.ts';
import { type LineProcess, toLineProcess } from '../line-process.ts';
import { makeTurnEvents, type TurnEvents } from '../turn-events.ts';
import type { ScriptedCommand } from './protocol.ts';
import { translateScripted } from './translate-scripted.ts';

interface ScriptedSessionOptions {
  readonly child: RunningProcess;
  readonly nativeId: string;
  readonly clock: Clock;
}

/** Speaks with a started scripted agent; resolves when it is ready for its first turn. */
export async function openScriptedSession(options: ScriptedSessionOptions): Promise<AgentSession> {
  const session = new ScriptedSession(options);
  try {
    await session.ready;
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** One scripted agent's process. */
class ScriptedSession implements AgentSession {
  readonly nativeId: string;
  readonly pid: number;
  readonly #process: LineProcess;
  readonly #events: TurnEvents;
  readonly #ready = Promise.withResolvers<void>();
  #turns = 0;

  constructor({ child, nativeId, clock }: ScriptedSessionOptions) {
    this.#events = makeTurnEvents({
      clock,
      turnId: () => `${this.nativeId}/${this.#turns}`,
    });
    this.nativeId = nativeId;
    this.#process = toLineProcess(child, (line) => this.#hear(line));
    this.pid = this.#process.pid;
    void this.#process.exited.then((exit) => this.#end(exit));
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  run({ input }: Turn): AsyncIterable<AgentEvent> {
    const events = this.#events.begin();
    this.#turns += 1;
    if (this.#process.hasExited()) this.#end(null);
    else this.#send({ type: 'turn', text: toScript(input) });
    return events;
  }

  async steer(input: readonly Input[]): Promise<void> {
    this.#send({ type: 'steer', text: toScript(input) });
  }

  async answer(requestId: string, { decision, note = '' }: Answer): Promise<void> {
    if (decision === 'abort') this.#send({ type: 'interrupt' });
    else this.#send({ type: 'answer', requestId, decision, note });
  }

  async interrupt(): Promise<void> {
    this.#send({ type: 'interrupt' });
  }

  close(): Promise<void> {
    return this.#process.stop();
  }

  #send(command: ScriptedCommand): void {
    this.#process.send(command);
  }

  #hear(line: string): void {
    const told = translateScripted(line);
    if (told.kind === 'event') this.#events.tell(told.body, told.raw);
    else if (told.kind === 'ready') this.#ready.resolve();
    else this.#ready.reject(new AgentFault({ class: 'bad-request', message: told.reason, retryable: false }));
  }

  #end(exit: ProcessExit | null): void {
    const error = crashError('The scripted agent', exit, this.#process.complaint());
    this.#ready.reject(new AgentFault(error));
    this.#events.tell({ type: 'turn.end', outcome: 'failed', error });
  }
}

/** What the scripted agent reads of an input: its text. */
function toScript(input: readonly Input[]): string {
  return input.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
