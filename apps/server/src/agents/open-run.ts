import type { Clock } from '../platform/clock.ts';
import type { MarkedTimes } from '../platform/marked-times.ts';
import type { AgentError, AgentEvent, AgentSession, Answer, Input, TurnEndEvent } from './agent-adapter.ts';
import { type Coalescer, makeCoalescer } from './coalesce.ts';
import { makeOutputLimit, type OutputLimit } from './limit-output.ts';
import type { RunLimits } from './run-limits.ts';
import { type RunFacts, type RunOutcome, type StopReason, toRunOutcome } from './run-outcome.ts';
import type { RunHandle, RunRequest } from './run-request.ts';
import { toAgentError } from './to-agent-error.ts';
import { isWithin } from './is-within.ts';
import { watchPulse } from './watch-pulse.ts';
import { type TimeWatch, watchTime } from './watch-time.ts';

/** What one run needs of its supervisor. */
export interface OpenRunDeps {
  readonly mark: string;
  readonly clock: Clock;
  readonly limits: RunLimits;
  readonly onFault: (error: unknown) => void;
  readonly killMarked: (mark: string) => Promise<number>;
  readonly readTimes: (mark: string) => Promise<MarkedTimes>;
}

/** One agent at one turn: opened at once, ended once, and gone with all it started when `done` resolves. */
export class OpenRun implements RunHandle {
  readonly run: string;
  readonly done: Promise<RunOutcome>;
  readonly #request: RunRequest;
  readonly #deps: OpenRunDeps;
  readonly #output: OutputLimit;
  readonly #stream: Coalescer;
  readonly #time: TimeWatch;
  readonly #ended = Promise.withResolvers<TurnEndEvent>();
  #session: AgentSession | null = null;
  #stopped: StopReason | null = null;
  #hasEnded = false;
  #wasHeard = true;
  #stopLooking: () => void = () => undefined;
  #usage: RunFacts['usage'] = null;

  constructor(request: RunRequest, deps: OpenRunDeps) {
    const { clock, limits } = deps;
    this.run = request.run;
    this.#request = request;
    this.#deps = deps;
    this.#output = makeOutputLimit(limits.outputCharacters);
    this.#stream = makeCoalescer({ clock, windowMs: limits.windowMs, onEvent: request.onEvent });
    this.#time = watchTime(request, clock, {
      ...request,
      onExpired: (limit) => void this.#stopFor(limit),
    });
    this.done = this.#conduct();
  }

  async steer(input: readonly Input[]): Promise<'steered' | 'unsupported' | 'ended'> {
    const session = this.#session;
    if (session === null || this.#hasEnded) return 'ended';
    if (session.steer === undefined) return 'unsupported';
    await session.steer(input);
    return 'steered';
  }

  async answer(requestId: string, answer: Answer): Promise<'answered' | 'ended'> {
    const session = this.#session;
    if (session === null || this.#hasEnded) return 'ended';
    await session.answer(requestId, answer);
    this.#time.settled(requestId);
    // Whoever answers "abort" means the run, however the agent takes it.
    if (answer.decision === 'abort') void this.#stopFor('cancelled');
    return 'answered';
  }

  bear(): void {
    if (!this.#hasEnded) this.#time.lived();
  }

  lose(message: string): void {
    this.#settle(failed({ class: 'crash', message, retryable: true }));
  }

  async stop(): Promise<RunOutcome> {
    await this.#stopFor('cancelled');
    return this.done;
  }

  async #conduct(): Promise<RunOutcome> {
    const { limits, clock } = this.#deps;
    const playing = this.#play();
    const last = await this.#ended.promise;
    this.#time.stop();
    this.#stopLooking();
    await isWithin(clock, this.#quietly(this.#session?.close()), limits.closeMs);
    await this.#killLeftovers();
    // An agent that was still opening when its run was stopped was just killed, so that `open` ends.
    if (!(await isWithin(clock, playing, limits.closeMs))) await this.#killLeftovers();
    const nativeId = this.#session?.nativeId ?? null;
    const facts = { text: last.text ?? null, usage: this.#usage, dropped: this.#output.dropped(), nativeId };
    return toRunOutcome(last, this.#stopped, facts);
  }

  async #play(): Promise<void> {
    const { adapter, spec, input, onOpened } = this.#request;
    try {
      const session = await adapter.open({ ...spec, mark: this.#deps.mark });
      this.#session = session;
      onOpened?.({ nativeId: session.nativeId, pid: session.pid });
      this.#stopLooking = this.#lookAfter();
      // Whoever stopped it while it was opening could not reach it.
      if (this.#stopped === null) await this.#follow(session.run({ input }));
      this.#settle(
        failed({ class: 'crash', message: 'The agent ended without saying how', retryable: true }),
      );
    } catch (error) {
      this.#settle(failed(toAgentError(error)));
    }
  }

  async #follow(events: AsyncIterable<AgentEvent>): Promise<void> {
    for await (const event of events) {
      this.#take(event);
      if (this.#hasEnded) return;
    }
  }

  #take(event: AgentEvent): void {
    if (this.#hasEnded) return;
    this.#time.saw(event);
    this.#wasHeard = true;
    if (event.type === 'usage') this.#usage = { tokens: event.turn, usd: event.usd ?? null };
    if (event.type === 'turn.end') {
      this.#settle(event);
      return;
    }
    const admitted = this.#output.admit(event);
    if (admitted !== null) this.#stream.push(admitted);
  }

  /** A run that says nothing may work all the same: its processes compute, or its files change. */
  #lookAfter(): () => void {
    const { mark, clock, limits, onFault, readTimes } = this.#deps;
    const { idleMs, noticeMs = idleMs, readFiles = async () => '' } = this.#request;
    return watchPulse({
      ...{ clock, onFault, everyMs: Math.min(limits.lookMs, noticeMs / 4, idleMs / 4) },
      look: async () => ({ times: await readTimes(mark), files: await readFiles() }),
      wasHeard: () => {
        // Who waits for a person is not silent, so nobody looks for life.
        const wasHeard = this.#wasHeard || this.#time.isHeld();
        this.#wasHeard = false;
        return wasHeard;
      },
      onLived: () => this.#time.lived(),
    });
  }

  #settle(end: TurnEndEvent): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stream.flush();
    this.#request.onEvent({ at: this.#deps.clock.now(), turnId: this.run, ...end });
    this.#ended.resolve(end);
  }

  /** Each step only where the one before it did not end the turn. */
  async #stopFor(reason: StopReason): Promise<void> {
    if (this.#stopped !== null || this.#hasEnded) return;
    this.#stopped = reason;
    const { clock, limits } = this.#deps;
    const ended = this.#ended.promise;
    void this.#quietly(this.#session?.interrupt());
    if (await isWithin(clock, ended, limits.interruptMs)) return;
    await isWithin(clock, this.#quietly(this.#session?.close()), limits.closeMs);
    this.#settle(failed({ class: 'crash', message: 'The agent had to be ended', retryable: true }));
  }

  async #killLeftovers(): Promise<void> {
    await this.#quietly(this.#deps.killMarked(this.#deps.mark));
  }

  async #quietly(work: Promise<unknown> | undefined): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#deps.onFault(error);
    }
  }
}

function failed(error: AgentError): TurnEndEvent {
  return { type: 'turn.end', outcome: 'failed', error };
}
