import {
  type ContentBlock,
  type McpServer as NativeServer,
  type NewSessionRequest,
  methods,
  PROTOCOL_VERSION,
} from '@agentclientprotocol/sdk';
import type { RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk';
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
import type { SelfTalk } from './acp-agent.ts';
import { type AcpLink, connectAcp } from './connect.ts';
import { translateError } from './translate-error.ts';
import { CANCELLED, toApproval, toPermission } from './translate-request.ts';
import { makeTranslator, type NativeEvent, type Translator } from './translate.ts';
import { waitForQuiet } from './wait-for-quiet.ts';

/** What is kept of a line that is no message, which may be of any length. */
const NOISE_CHARACTERS = 2000;

/** What an ACP session is opened with. */
export interface AcpSessionOptions {
  readonly child: RunningProcess;
  readonly spec: SessionSpec;
  readonly clock: Clock;
  /** How people see the agent written. */
  readonly title: string;
  /** Where it speaks of its own troubles among the words of its model. */
  readonly selfTalk: SelfTalk | null;
}

/** Speaks with a started agent; resolves when its session is ready for a turn. */
export async function openAcpSession(options: AcpSessionOptions): Promise<AgentSession> {
  const session = new AcpSession(options);
  try {
    await session.start(options.spec);
    return session;
  } catch (error) {
    const why = session.whyFailed(error);
    await session.close();
    throw new AgentFault(why, { cause: error });
  }
}

interface Pending {
  readonly itemId: string;
  readonly options: RequestPermissionRequest['options'];
  readonly settle: (response: RequestPermissionResponse) => void;
}

/** One session in one agent process. */
class AcpSession implements AgentSession {
  readonly pid: number;
  readonly #spec: SessionSpec;
  readonly #clock: Clock;
  readonly #title: string;
  readonly #selfTalk: SelfTalk | null;
  readonly #process: LineProcess;
  readonly #events: TurnEvents;
  readonly #link: AcpLink;
  readonly #pending = new Map<string, Pending>();
  #nativeId = '';
  #turns = 0;
  #heardAt = 0;
  #crash: AgentError | null = null;
  #translator: Translator;

  constructor({ child, spec, clock, title, selfTalk }: AcpSessionOptions) {
    this.#events = makeTurnEvents({
      clock,
      turnId: () => `${this.#nativeId}/${this.#turns}`,
      onEnd: () => this.#pending.clear(),
    });
    this.#spec = spec;
    this.#clock = clock;
    this.#title = title;
    this.#selfTalk = selfTalk;
    this.#translator = makeTranslator(spec.cwd, selfTalk);
    this.#process = toLineProcess(
      child,
      (line) => this.#link.receive(line),
      (bytes) => this.#events.tell(cutLine(bytes)),
    );
    this.#link = connectAcp((message) => this.#process.send(message), {
      onUpdate: (sessionId, update) => this.#hear(sessionId, update),
      onPermission: (requestId, request) => this.#hearRequest(requestId, request),
      onNoise: (line) =>
        this.#events.tell({ type: 'unknown', method: 'line' }, line.slice(0, NOISE_CHARACTERS)),
    });
    this.pid = this.#process.pid;
    void this.#process.exited.then((exit) => this.#end(exit));
  }

  get nativeId(): string {
    return this.#nativeId;
  }

  async start({ cwd, mcp, resume }: SessionSpec): Promise<void> {
    const { agent } = this.#link.connection;
    await agent.request(methods.agent.initialize, {
      protocolVersion: PROTOCOL_VERSION,
      clientInfo: { name: 'thalogos', version: '0' },
      clientCapabilities: {},
    });
    const session: NewSessionRequest = { cwd, mcpServers: mcp.map(toNativeServer) };
    if (resume === undefined) {
      this.#nativeId = (await agent.request(methods.agent.session.new, session)).sessionId;
      return;
    }
    this.#nativeId = resume;
    await agent.request(methods.agent.session.load, { ...session, sessionId: resume });
    // What was said before is told once more, and not always before the answer to this.
    await waitForQuiet(this.#clock, () => this.#heardAt);
  }

  /** An end of the process says more than the request that it left open. */
  whyFailed(error: unknown): AgentError {
    return this.#crash ?? translateError(error) ?? toAgentError(error);
  }

  run(turn: Turn): AsyncIterable<AgentEvent> {
    const events = this.#events.begin();
    this.#turns += 1;
    this.#translator = makeTranslator(this.#spec.cwd, this.#selfTalk);
    void this.#prompt(turn);
    return events;
  }

  async answer(requestId: string, answer: Answer): Promise<void> {
    const pending = this.#pending.get(requestId);
    this.#pending.delete(requestId);
    if (pending === undefined) return;
    pending.settle(toPermission(answer, pending.options));
    this.#events.tell({ type: 'settled', requestId });
    if (answer.decision === 'allow' || answer.decision === 'allow-session') return;
    for (const body of this.#translator.refused(pending.itemId)) this.#events.tell(body);
  }

  async interrupt(): Promise<void> {
    for (const { settle } of this.#pending.values()) settle(CANCELLED);
    this.#pending.clear();
    if (this.#process.hasExited()) return;
    await this.#link.connection.agent.notify(methods.agent.session.cancel, { sessionId: this.#nativeId });
  }

  close(): Promise<void> {
    return this.#process.stop();
  }

  async #prompt({ input }: Turn): Promise<void> {
    try {
      const prompt = await Promise.all(input.map(toNativeInput));
      const request = { sessionId: this.#nativeId, prompt };
      const end = await this.#link.connection.agent.request(methods.agent.session.prompt, request);
      for (const body of this.#translator.end(end)) this.#events.tell(body, end);
    } catch (error) {
      this.#events.tell({ type: 'turn.end', outcome: 'failed', error: this.whyFailed(error) });
    }
  }

  #hear(sessionId: string, update: NativeEvent): void {
    this.#heardAt = this.#clock.now();
    // Before the first turn it is told what was said long ago, and other sessions are not the task's.
    if (!this.#events.isOpen() || sessionId !== this.#nativeId) return;
    for (const body of this.#translator.update(update)) this.#events.tell(body, update);
  }

  #hearRequest(requestId: string, request: RequestPermissionRequest): Promise<RequestPermissionResponse> {
    if (!this.#events.isOpen()) return Promise.resolve(CANCELLED);
    const { tool, events } = this.#translator.asked(request.toolCall);
    for (const body of events) this.#events.tell(body, request);
    const { promise, resolve } = Promise.withResolvers<RequestPermissionResponse>();
    this.#pending.set(requestId, { itemId: tool.itemId, options: request.options, settle: resolve });
    this.#events.tell(toApproval(requestId, tool, request), request);
    return promise;
  }

  #end(exit: ProcessExit): void {
    const error = crashError(this.#title, exit, this.#process.complaint());
    this.#crash = error;
    this.#events.tell({ type: 'turn.end', outcome: 'failed', error });
    this.#link.end(new AgentFault(error));
  }
}

function toNativeServer({ name, command, args, env }: SessionSpec['mcp'][number]): NativeServer {
  const variables = Object.entries(env).map(([key, value]) => ({ name: key, value }));
  return { name, command, args: [...args], env: variables };
}

async function toNativeInput(input: Input): Promise<ContentBlock> {
  if (input.type === 'text') return { type: 'text', text: input.text };
  const { data, mediaType } = await readImage(input.path);
  return { type: 'image', data, mimeType: mediaType };
}
