import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { ProcessExit, RunningProcess } from '../../platform/process.ts';
import {
  type AgentError,
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
import { readImage } from '../read-image.ts';
import { toAgentError } from '../to-agent-error.ts';
import { makeTurnEvents, type TurnEvents } from '../turn-events.ts';
import { type ControlChannel, makeControlChannel } from './control-channel.ts';
import { makePlanBook } from './plan-book.ts';
import { makeTranslator } from './translate.ts';
import { type PendingRequest, translateRequest } from './translate-request.ts';

const Line = z.looseObject({ type: z.string(), subtype: z.string().exactOptional() });
const Request = z.object({ request_id: z.string(), request: z.unknown() });
const Cancelled = z.object({ request_id: z.string() });

/** What is kept of a line that is no message, which may be of any length. */
const NOISE_CHARACTERS = 2000;

interface ClaudeSessionOptions {
  readonly child: RunningProcess;
  readonly spec: SessionSpec;
  readonly nativeId: string;
  readonly clock: Clock;
}

/** Speaks with a started claude; resolves when it has answered for the first time. */
export async function openClaudeSession(options: ClaudeSessionOptions): Promise<AgentSession> {
  const session = new ClaudeSession(options);
  try {
    await session.start();
    return session;
  } catch (error) {
    await session.close();
    throw new AgentFault(session.whyNotOpened(error), { cause: error });
  }
}

/** One session in one claude process. */
class ClaudeSession implements AgentSession {
  readonly nativeId: string;
  readonly pid: number;
  readonly #cwd: string;
  readonly #process: LineProcess;
  readonly #events: TurnEvents;
  readonly #control: ControlChannel;
  readonly #pending = new Map<string, PendingRequest>();
  readonly #plan = makePlanBook();
  #turns = 0;
  #translate: ReturnType<typeof makeTranslator>;

  constructor({ child, spec, nativeId, clock }: ClaudeSessionOptions) {
    this.#events = makeTurnEvents({
      clock,
      turnId: () => `${this.nativeId}/${this.#turns}`,
      onEnd: () => this.#pending.clear(),
    });
    this.nativeId = nativeId;
    this.#cwd = spec.cwd;
    this.#translate = makeTranslator(spec.cwd, this.#plan);
    this.#process = toLineProcess(
      child,
      (line) => this.#hear(line),
      (bytes) => this.#events.tell(cutLine(bytes)),
    );
    this.#control = makeControlChannel((message) => this.#process.send(message));
    this.pid = this.#process.pid;
    void this.#process.exited.then((exit) => this.#end(exit));
  }

  async start(): Promise<void> {
    await this.#control.ask({ subtype: 'initialize' });
  }

  /** A session that is not there ends the process before it has answered: no crash, and not to be tried again. */
  whyNotOpened(error: unknown): AgentError {
    const complaint = this.#process.complaint();
    if (!complaint.includes('No conversation found')) return toAgentError(error);
    return { class: 'bad-request', message: complaint, retryable: false };
  }

  run({ input }: Turn): AsyncIterable<AgentEvent> {
    const events = this.#events.begin();
    this.#turns += 1;
    this.#translate = makeTranslator(this.#cwd, this.#plan);
    void this.#say(input).catch((error: unknown) =>
      this.#events.tell({ type: 'turn.end', outcome: 'failed', error: toAgentError(error) }),
    );
    return events;
  }

  /** Heard within the running turn, beside the next result of a tool. */
  async steer(input: readonly Input[]): Promise<void> {
    await this.#say(input);
  }

  async answer(requestId: string, answer: Answer): Promise<void> {
    const pending = this.#pending.get(requestId);
    this.#pending.delete(requestId);
    if (pending === undefined) return;
    const response = { subtype: 'success', request_id: requestId, response: pending.toResponse(answer) };
    this.#process.send({ type: 'control_response', response });
    this.#events.tell({ type: 'settled', requestId });
  }

  async interrupt(): Promise<void> {
    try {
      await this.#control.ask({ subtype: 'interrupt' });
    } catch (error) {
      // A process that is gone has nothing left to interrupt.
      if (!this.#process.hasExited()) throw error;
    }
  }

  close(): Promise<void> {
    return this.#process.stop();
  }

  async #say(input: readonly Input[]): Promise<void> {
    const content = await Promise.all(input.map(toNativeInput));
    this.#process.send({ type: 'user', message: { role: 'user', content } });
  }

  #hear(text: string): void {
    const line = parse(text);
    if (line === null) {
      if (text.trim() !== '')
        this.#events.tell({ type: 'unknown', method: 'line' }, text.slice(0, NOISE_CHARACTERS));
      return;
    }
    if (line.type === 'control_response') this.#control.hear(line);
    else if (line.type === 'control_request') this.#hearRequest(line);
    else if (line.type === 'control_cancel_request') this.#forget(line);
    else for (const body of this.#translate(line)) this.#events.tell(body, line);
  }

  #hearRequest(line: unknown): void {
    const asked = Request.safeParse(line).data;
    if (asked === undefined) return;
    const pending = translateRequest(asked.request_id, asked.request, this.#cwd);
    if (pending === null) {
      const error = { subtype: 'error', request_id: asked.request_id, error: 'This is not supported' };
      this.#process.send({ type: 'control_response', response: error });
      this.#events.tell({ type: 'unknown', method: 'control_request' }, line);
      return;
    }
    this.#pending.set(asked.request_id, pending);
    this.#events.tell(pending.event, line);
  }

  /** It asks no more, for instance because the turn was interrupted. */
  #forget(line: unknown): void {
    const requestId = Cancelled.safeParse(line).data?.request_id;
    if (requestId !== undefined && this.#pending.delete(requestId))
      this.#events.tell({ type: 'settled', requestId });
  }

  #end(exit: ProcessExit): void {
    const error = crashError('Claude Code', exit, this.#process.complaint());
    this.#control.end(new AgentFault(error));
    this.#events.tell({ type: 'turn.end', outcome: 'failed', error });
  }
}

function parse(text: string): z.infer<typeof Line> | null {
  try {
    return Line.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

async function toNativeInput(input: Input): Promise<unknown> {
  if (input.type === 'text') return { type: 'text', text: input.text };
  const { data, mediaType } = await readImage(input.path);
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data } };
}
