import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { ProcessExit, RunningProcess } from '../../platform/process.ts';
import {
  type AgentEvent,
  AgentFault,
  type AgentSession,
  type Answer,
  type Input,
  type SessionSpec,
  type Turn,
} from '../agent-adapter.ts';
import { crashError } from '../crash-error.ts';
import { cutLine, type LineProcess, toLineProcess } from '../line-process.ts';
import { toAgentError } from '../to-agent-error.ts';
import { makeTurnEvents, type TurnEvents } from '../turn-events.ts';
import { type AppServerClient, makeAppServerClient, type NativeRequest } from './app-server-client.ts';
import { startThread } from './start-thread.ts';
import { makeTranslator, type Notification } from './translate.ts';
import { type PendingRequest, translateRequest } from './translate-request.ts';

const TurnStarted = z.object({ turn: z.object({ id: z.string() }) });
/** Other threads of the same process are codex's own helpers; their story is not the task's. */
const Threaded = z.object({ threadId: z.string().nullish() });

/** What is kept of a line that is no message, which may be of any length. */
const NOISE_CHARACTERS = 2000;

interface CodexSessionOptions {
  readonly child: RunningProcess;
  readonly spec: SessionSpec;
  readonly clock: Clock;
}

/** Speaks with a started app-server; resolves when its thread is ready for a turn. */
export async function openCodexSession(options: CodexSessionOptions): Promise<AgentSession> {
  const session = new CodexSession(options);
  try {
    await session.start(options.spec);
    return session;
  } catch (error) {
    await session.close();
    throw error instanceof AgentFault ? error : new AgentFault(toAgentError(error), { cause: error });
  }
}

/** One thread in one app-server process. */
class CodexSession implements AgentSession {
  readonly pid: number;
  readonly #cwd: string;
  readonly #process: LineProcess;
  readonly #events: TurnEvents;
  readonly #client: AppServerClient;
  readonly #pending = new Map<string, PendingRequest & { readonly id: string | number }>();
  #nativeId = '';
  #turnId = Promise.withResolvers<string>();
  #knownTurn = '';
  #translate: ReturnType<typeof makeTranslator>;

  constructor({ child, spec, clock }: CodexSessionOptions) {
    this.#events = makeTurnEvents({
      clock,
      turnId: () => this.#knownTurn,
      onEnd: () => this.#pending.clear(),
    });
    this.#cwd = spec.cwd;
    this.#translate = makeTranslator(spec.cwd);
    this.#process = toLineProcess(
      child,
      (line) => this.#client.receive(line),
      (bytes) => this.#events.tell(cutLine(bytes)),
    );
    this.#client = makeAppServerClient((message) => this.#process.send(message), {
      onNotification: (notification) => this.#hear(notification),
      onRequest: (request) => this.#hearRequest(request),
      onNoise: (line) =>
        this.#events.tell({ type: 'unknown', method: 'line' }, line.slice(0, NOISE_CHARACTERS)),
    });
    this.pid = this.#process.pid;
    void this.#process.exited.then((exit) => this.#end(exit));
  }

  get nativeId(): string {
    return this.#nativeId;
  }

  async start(spec: SessionSpec): Promise<void> {
    this.#nativeId = await startThread(this.#client, spec);
  }

  run(turn: Turn): AsyncIterable<AgentEvent> {
    const events = this.#events.begin();
    this.#translate = makeTranslator(this.#cwd);
    this.#turnId = Promise.withResolvers();
    this.#turnId.promise.catch(() => undefined);
    void this.#startTurn(turn);
    return events;
  }

  async steer(input: readonly Input[]): Promise<void> {
    const expectedTurnId = await this.#turnId.promise;
    await this.#client.call('turn/steer', {
      threadId: this.#nativeId,
      expectedTurnId,
      input: input.map(toNativeInput),
    });
  }

  async answer(requestId: string, answer: Answer): Promise<void> {
    const pending = this.#pending.get(requestId);
    this.#pending.delete(requestId);
    if (pending !== undefined) this.#client.respond(pending.id, pending.toResult(answer));
  }

  async interrupt(): Promise<void> {
    const threadId = this.#nativeId;
    try {
      await this.#client.call('turn/interrupt', { threadId, turnId: await this.#turnId.promise });
      // An interrupted turn leaves its shell running; codex ends it only when told to.
      await this.#client.call('thread/backgroundTerminals/clean', { threadId });
    } catch (error) {
      // A process that is gone has nothing left to interrupt.
      if (!this.#process.hasExited()) throw error;
    }
  }

  close(): Promise<void> {
    return this.#process.stop();
  }

  async #startTurn({ input }: Turn): Promise<void> {
    try {
      const params = { threadId: this.#nativeId, input: input.map(toNativeInput) };
      const started = TurnStarted.parse(await this.#client.call('turn/start', params));
      this.#knownTurn = started.turn.id;
      this.#turnId.resolve(started.turn.id);
    } catch (error) {
      this.#turnId.reject(error);
      this.#events.tell({ type: 'turn.end', outcome: 'failed', error: toAgentError(error) });
    }
  }

  #hear(notification: Notification): void {
    const { threadId } = Threaded.safeParse(notification.params).data ?? {};
    if (threadId !== undefined && threadId !== null && threadId !== this.#nativeId) return;
    const started =
      notification.method === 'turn/started' ? TurnStarted.safeParse(notification.params).data : undefined;
    if (started !== undefined) this.#knownTurn = started.turn.id;
    for (const body of this.#translate(notification)) this.#events.tell(body, notification);
  }

  #hearRequest(request: NativeRequest): void {
    const pending = translateRequest(request);
    if (pending === null) {
      this.#client.refuse(request.id, `${request.method} is not supported`);
      this.#events.tell({ type: 'unknown', method: request.method }, request);
      return;
    }
    this.#pending.set(String(request.id), { ...pending, id: request.id });
    this.#events.tell(pending.event, request);
  }

  #end(exit: ProcessExit): void {
    const error = crashError('Codex', exit, this.#process.complaint());
    this.#client.end(new AgentFault(error));
    this.#events.tell({ type: 'turn.end', outcome: 'failed', error });
  }
}

function toNativeInput(input: Input): unknown {
  return input.type === 'text'
    ? { type: 'text', text: input.text, text_elements: [] }
    : { type: 'localImage', path: input.path };
}
