import { randomUUID } from 'node:crypto';
import { withinTime } from '../core/within-time.ts';
import type { ConversationAgent, FlowContext } from '../types/agent.ts';
import type { AgentVitals } from '../types/agent-health.ts';
import type { Clock } from '../types/clock.ts';
import { StorageError } from '../types/errors.ts';
import type { ExecutionPlan, PlanStatus, PlanStep } from '../types/execution-plan.ts';
import type { Message } from '../types/message.ts';
import type { AdaptedPlan } from './adapt-plan.ts';

/** A piece of what an agent says. */
export type ResponseChunk = {
  readonly planId: string;
  readonly stepId: string;
  readonly agentName: string;
  readonly chunk: string;
};

/** What carrying out a plan needs. */
export type PlanExecutionParts = {
  readonly plan: ExecutionPlan;
  readonly history: readonly Message[];
  readonly findAgent: (name: string) => ConversationAgent | undefined;
  readonly clock: Clock;
  readonly vitals: AgentVitals | undefined;
  readonly agentTimeoutMs: number;
  /** So many steps are carried out before the user is asked. */
  readonly maxAutoResponses: number;
  readonly onChunk: (chunk: ResponseChunk) => void;
  readonly onChange: (plan: ExecutionPlan) => void;
  readonly onStepEnded: (step: PlanStep, durationMs: number) => void;
  readonly adapt: (plan: ExecutionPlan, ended: PlanStep) => AdaptedPlan | undefined;
};

/**
 * Carries a plan out: calls its agents, those that wait for nothing beside each other, and lets a user step in.
 *
 * A pause takes effect between two steps. Everything else ends the step under way, whose agent is told by its signal.
 */
export class PlanExecution {
  readonly #parts: PlanExecutionParts;
  readonly #messages: Message[] = [];
  #plan: ExecutionPlan;
  #working = new AbortController();
  #running: Promise<ExecutionPlan> | undefined;
  #wantsPause = false;
  #automatic = 0;

  constructor(parts: PlanExecutionParts) {
    this.#parts = parts;
    this.#plan = parts.plan;
  }

  get plan(): ExecutionPlan {
    return this.#plan;
  }

  /** What its agents have said. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** Begins or goes on; resolves when the plan has ended or pauses. */
  run(): Promise<ExecutionPlan> {
    this.#running ??= this.#runSteps().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** The step under way is finished first. */
  pause(): void {
    this.#wantsPause = true;
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#move('interrupted');
    this.#working.abort();
    await this.#running;
  }

  /** Ends the steps under way and goes on with others in their place. */
  async redirect(change: (plan: ExecutionPlan) => readonly PlanStep[]): Promise<void> {
    this.#wantsPause = true;
    this.#working.abort();
    await this.#running;
    this.#update({ steps: change(this.#plan) });
  }

  /** Changes what is still to be done, whether it runs or not. */
  adapt({ steps }: AdaptedPlan): void {
    this.#update({ steps });
  }

  async #runSteps(): Promise<ExecutionPlan> {
    this.#wantsPause = false;
    this.#working = new AbortController();
    this.#automatic = 0;
    this.#move('executing');
    while (this.#plan.status === 'executing') {
      const ready = this.#ready();
      if (ready.length === 0) return this.#finish();
      if (this.#wantsPause || this.#automatic >= this.#parts.maxAutoResponses) return this.#move('paused');
      const allowed = ready.slice(0, this.#parts.maxAutoResponses - this.#automatic);
      await Promise.all(allowed.map((step) => this.#runStep(step)));
      if (this.#wantsPause) return this.#plan.status === 'executing' ? this.#move('paused') : this.#plan;
    }
    return this.#plan;
  }

  #ready(): readonly PlanStep[] {
    const completed = new Set(
      this.#plan.steps.filter(({ status }) => status === 'completed').map(({ id }) => id),
    );
    return this.#plan.steps.filter(
      ({ status, dependsOn }) => status === 'pending' && dependsOn.every((id) => completed.has(id)),
    );
  }

  async #runStep(step: PlanStep): Promise<void> {
    const { clock, onStepEnded, adapt } = this.#parts;
    this.#automatic += 1;
    this.#changeStep(step.id, { status: 'executing' });
    const started = clock.now();
    const { signal } = this.#working;
    try {
      const output = await this.#ask(step, signal);
      this.#changeStep(step.id, { status: 'completed', output });
      this.#messages.push(toMessage(step.agentName, output, clock.now()));
    } catch (error) {
      // Whoever stepped in decides what becomes of it.
      if (signal.aborted) return this.#changeStep(step.id, { status: 'pending' });
      this.#changeStep(step.id, {
        status: 'failed',
        error: error instanceof Error ? error.message : String(error),
      });
    }
    const ended = this.#plan.steps.find(({ id }) => id === step.id) ?? step;
    onStepEnded(ended, clock.now() - started);
    const adapted = adapt(this.#plan, ended);
    if (adapted !== undefined) this.#update({ steps: adapted.steps });
  }

  async #ask(step: PlanStep, signal: AbortSignal): Promise<string> {
    const { findAgent, clock, vitals, agentTimeoutMs, history } = this.#parts;
    const agent = findAgent(step.agentName);
    if (agent === undefined) throw new StorageError(`Agent ${step.agentName} is not there`);
    const { sessionId, userId, id } = this.#plan;
    const context = { sessionId, userId, correlationId: id, history: [...history, ...this.#messages] };
    vitals?.recordActivity(agent.name, 'request_started');
    try {
      return await withinTime((ended) => this.#listen(agent, step, { ...context, signal: ended }), {
        ms: agentTimeoutMs,
        clock,
        signal,
        what: `The answer of ${agent.name}`,
      });
    } finally {
      vitals?.recordActivity(agent.name, 'request_ended');
    }
  }

  async #listen(agent: ConversationAgent, step: PlanStep, context: FlowContext): Promise<string> {
    const hear = (chunk: string) => {
      if (context.signal?.aborted === true)
        throw new StorageError(`The answer of ${agent.name} was called off`);
      this.#parts.onChunk({ planId: this.#plan.id, stepId: step.id, agentName: agent.name, chunk });
    };
    if (agent.streamResponse === undefined) {
      const { content } = await agent.generateResponse(step.instruction, context);
      hear(content);
      return content;
    }
    let said = '';
    for await (const part of agent.streamResponse(step.instruction, context)) {
      if (part.type === 'reply') return part.reply.content;
      if (part.type !== 'text') continue;
      hear(part.text);
      said += part.text;
      this.#parts.vitals?.recordActivity(agent.name, 'spoke');
    }
    return said;
  }

  #finish(): ExecutionPlan {
    const isWhole = this.#plan.steps.every(({ status }) => status === 'completed' || status === 'skipped');
    return this.#move(isWhole ? 'completed' : 'failed');
  }

  #changeStep(id: string, changes: Partial<PlanStep>): void {
    this.#update({
      steps: this.#plan.steps.map((step) => (step.id === id ? { ...step, ...changes } : step)),
    });
  }

  #move(status: PlanStatus): ExecutionPlan {
    this.#update({ status });
    return this.#plan;
  }

  #update(changes: Partial<ExecutionPlan>): void {
    const changed = { ...this.#plan, ...changes, updatedAt: this.#parts.clock.now() };
    const currentStepIndex = changed.steps.filter(
      ({ status }) => status !== 'pending' && status !== 'executing',
    ).length;
    this.#plan = { ...changed, currentStepIndex };
    this.#parts.onChange(this.#plan);
  }
}

function toMessage(agentName: string, content: string, timestamp: number): Message {
  return { id: randomUUID(), role: 'agent', agentName, content, timestamp };
}
