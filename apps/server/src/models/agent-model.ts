import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type LanguageModel,
  ModelError,
  type ModelErrorCategory,
  type ModelPart,
  type ModelRequest,
} from '@thalogos/smalltalk';
import type { AgentAdapter, AgentError } from '../agents/agent-adapter.ts';
import type { RunOutcome } from '../agents/run-outcome.ts';
import type { RunHandle, Supervisor } from '../agents/run-request.ts';

/** What an agent is asked as a model with. */
export interface AgentModelDeps {
  readonly adapter: AgentAdapter;
  readonly supervisor: Supervisor;
  /** Where it may have a folder of its own for the time of one answer. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly newRun: () => string;
  readonly deadlineMs: number;
}

/**
 * A signed-in agent CLI as a language model: one turn in an empty folder, allowed to read and nothing else.
 *
 * Whatever it asks leave for is denied; its last words are the answer.
 */
export function makeAgentModel(deps: AgentModelDeps): LanguageModel {
  return {
    async *stream(request): AsyncGenerator<ModelPart> {
      const outcome = await runOnce(deps, request);
      if (outcome.kind !== 'completed') throw toModelError(deps.adapter, outcome, request);
      const text = outcome.text ?? '';
      if (text !== '') yield { type: 'text', text };
      const { input = 0, output = 0 } = outcome.usage?.tokens ?? {};
      yield {
        type: 'end',
        reason: 'stop',
        target: { provider: deps.adapter.id, model: 'signed-in' },
        usage: { inputTokens: input, outputTokens: output, isEstimated: outcome.usage === null },
        ...(outcome.usage?.usd == null ? {} : { costUsd: outcome.usage.usd }),
      };
    },
  };
}

async function runOnce(deps: AgentModelDeps, { messages, signal }: ModelRequest): Promise<RunOutcome> {
  const { adapter, supervisor, environment: env, deadlineMs } = deps;
  const run = deps.newRun();
  const place = join(deps.directory, run);
  const [cwd, stateDir] = [join(place, 'empty'), join(place, 'state')];
  await Promise.all([cwd, stateDir].map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
  const handle: RunHandle = supervisor.startRun({
    run,
    adapter,
    spec: { cwd, stateDir, policy: 'read-only', approvals: 'never', mcp: [], env },
    input: [{ type: 'text', text: asOneText(messages) }],
    deadlineMs,
    idleMs: deadlineMs,
    onEvent: (event) => {
      if (event.type !== 'approval' && event.type !== 'question') return;
      void handle.answer(event.requestId, { decision: 'deny' });
    },
  });
  const stop = () => void handle.stop();
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await handle.done;
  } finally {
    signal?.removeEventListener('abort', stop);
    await rm(place, { recursive: true, force: true });
  }
}

/** An agent takes one text: who said what stands before each part. */
function asOneText(messages: ModelRequest['messages']): string {
  return messages.map(({ role, content }) => `## ${role}\n\n${content}`).join('\n\n');
}

const CATEGORIES: Readonly<Record<AgentError['class'], ModelErrorCategory>> = {
  auth: 'authentication',
  'rate-limit': 'rate-limited',
  overloaded: 'overloaded',
  'bad-request': 'invalid-request',
  context: 'context-too-long',
  network: 'network',
  timeout: 'timeout',
  crash: 'protocol',
  sandbox: 'protocol',
  other: 'protocol',
};

function toModelError(
  adapter: AgentAdapter,
  outcome: Exclude<RunOutcome, { kind: 'completed' }>,
  { signal }: ModelRequest,
): ModelError {
  if (outcome.kind === 'cancelled' || signal?.aborted === true)
    return new ModelError('aborted', `The question to ${adapter.title} was called off`);
  const { error } = outcome;
  return new ModelError(CATEGORIES[error.class], `Could not ask ${adapter.title}: ${error.message}`);
}
