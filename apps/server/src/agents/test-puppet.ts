import type { AgentAdapter, AgentEvent, AgentEventBody, AgentSession, Answer } from './agent-adapter.ts';
import { makeEventQueue } from './event-queue.ts';

/** An agent whose every move a test makes. */
export interface Puppet {
  readonly adapter: AgentAdapter;
  /** What was asked of it, in order. */
  readonly asked: string[];
  tell(body: AgentEventBody): void;
  /** Lets `open` resolve, where the puppet was made to wait with it. */
  open(): void;
}

export interface PuppetOptions {
  readonly opensLate?: boolean;
  /** Ends its turn as interrupted when asked to. */
  readonly heedsInterrupt?: boolean;
  /** Its `close` never resolves. */
  readonly staysOpen?: boolean;
  readonly openError?: Error;
}

export function makePuppet(options: PuppetOptions = {}): Puppet {
  const asked: string[] = [];
  const queue = makeEventQueue<AgentEvent>();
  const opened = Promise.withResolvers<void>();
  const tell = (body: AgentEventBody) => queue.push({ at: 0, turnId: 't', ...body });
  const session: AgentSession = {
    nativeId: 'native-1',
    pid: 0,
    run: () => queue.read(),
    async answer(requestId: string, { decision }: Answer) {
      asked.push(`answer ${requestId} ${decision}`);
    },
    async interrupt() {
      asked.push('interrupt');
      if (options.heedsInterrupt === true) tell({ type: 'turn.end', outcome: 'interrupted' });
    },
    close() {
      asked.push('close');
      return options.staysOpen === true ? new Promise(() => undefined) : Promise.resolve();
    },
  };
  if (options.opensLate !== true) opened.resolve();
  return {
    asked,
    tell,
    open: opened.resolve,
    adapter: {
      id: 'puppet',
      title: 'Puppet',
      capabilities: {
        plan: false,
        thoughts: false,
        diffs: 'none',
        exitCodes: false,
        approvals: true,
        questions: true,
        steer: false,
        resume: false,
        images: false,
        mcp: false,
        usage: 'none',
        vendorErrors: 'none',
        sandbox: 'none',
      },
      probe: () => Promise.reject(new Error('Not asked of a puppet')),
      async open() {
        await opened.promise;
        if (options.openError !== undefined) throw options.openError;
        return session;
      },
    },
  };
}
