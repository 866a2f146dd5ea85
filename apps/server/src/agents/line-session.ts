import type { Clock } from '../platform/clock.ts';
import type { ProcessExit, RunningProcess } from '../platform/process.ts';
import {
  type AgentEvent,
  type AgentEventBody,
  AgentFault,
  type AgentSession,
  type Answer,
  type Input,
  type Turn,
} from './agent-adapter.ts';
import { crashError } from './crash-error.ts';
import { cutLine, type LineProcess, toLineProcess } from './line-process.ts';
import { makeTurnEvents, type TurnEvents } from './turn-events.ts';

/** What a line of an agent of our own means. */
export type LineTold =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'event'; readonly body: AgentEventBody; readonly raw?: unknown };

/** What an agent of our own is told, one JSON object a line. */
export type LineCommand =
  | { readonly type: 'turn' | 'steer'; readonly text: string }
  | {
      readonly type: 'answer';
      readonly requestId: string;
      readonly decision: Answer['decision'];
      readonly note: string;
    }
  | { readonly type: 'interrupt' };

/** How a session of an agent of our own is opened. */
export interface LineSessionOptions {
  readonly child: RunningProcess;
  readonly nativeId: string;
  readonly clock: Clock;
  /** How people see it written within a sentence. */
  readonly title: string;
  readonly translate: (line: string) => LineTold;
  /** What it is told first, such as what no other process may read. */
  readonly opening?: unknown;
}

/** Speaks with a started agent of our own; resolves when it is ready for its first turn. */
export async function openLineSession(options: LineSessionOptions): Promise<AgentSession> {
  const session = new LineSession(options);
  try {
    await session.ready;
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** One process of an agent of our own. */
class LineSession implements AgentSession {
  readonly nativeId: string;
  readonly pid: number;
  readonly #title: string;
  readonly #translate: LineSessionOptions['translate'];
  readonly #process: LineProcess;
  readonly #events: TurnEvents;
  readonly #ready = Promise.withResolvers<void>();
  #turns = 0;

  constructor({ child, nativeId, clock, title, translate, opening }: LineSessionOptions) {
    this.#events = makeTurnEvents({
      clock,
      turnId: () => `${this.nativeId}/${this.#turns}`,
    });
    this.nativeId = nativeId;
    this.#title = title;
    this.#translate = translate;
    this.#process = toLineProcess(
      child,
      (line) => this.#hear(line),
      (bytes) => this.#events.tell(cutLine(bytes)),
    );
    this.pid = this.#process.pid;
    if (opening !== undefined) this.#process.send(opening);
    void this.#process.exited.then((exit) => this.#end(exit));
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  run({ input }: Turn): AsyncIterable<AgentEvent> {
    const events = this.#events.begin();
    this.#turns += 1;
    if (this.#process.hasExited()) this.#end(null);
    else this.#send({ type: 'turn', text: toText(input) });
    return events;
  }

  async steer(input: readonly Input[]): Promise<void> {
    this.#send({ type: 'steer', text: toText(input) });
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

  #send(command: LineCommand): void {
    this.#process.send(command);
  }

  #hear(line: string): void {
    const told = this.#translate(line);
    if (told.kind === 'event') this.#events.tell(told.body, told.raw);
    else if (told.kind === 'ready') this.#ready.resolve();
    else this.#ready.reject(new AgentFault({ class: 'bad-request', message: told.reason, retryable: false }));
  }

  #end(exit: ProcessExit | null): void {
    const error = crashError(this.#title, exit, this.#process.complaint());
    this.#ready.reject(new AgentFault(error));
    this.#events.tell({ type: 'turn.end', outcome: 'failed', error });
  }
}

/** What an agent of our own reads of an input: its text. */
function toText(input: readonly Input[]): string {
  return input.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
