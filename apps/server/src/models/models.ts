import type { AgentInfo, ModelInfo } from '@thalogos/contracts';
import {
  type LanguageModel,
  makeModel,
  type ModelReference,
  type ModelSettings,
  TokenJsModel,
} from '@thalogos/smalltalk';
import type { AgentAdapter } from '../agents/agent-adapter.ts';
import type { Supervisor } from '../agents/run-request.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { makeAgentModel } from './agent-model.ts';
import { chooseModel, type ModelChoice, nameOf } from './choose-model.ts';
import type { SpendingStore } from './spending-store.ts';
import { withBounds } from './with-bounds.ts';
import { dayOf, withDailyBudget } from './with-daily-budget.ts';

/** How long one answer may take and how long it may be. */
export interface AnswerLimits {
  readonly firstMs: number;
  readonly betweenMs: number;
  readonly totalMs: number;
  readonly maxCharacters: number;
}

const LIMITS: AnswerLimits = {
  firstMs: 60_000,
  betweenMs: 30_000,
  totalMs: 180_000,
  maxCharacters: 200_000,
};

/** A model and how people see it written. */
export interface NamedModel {
  readonly name: string;
  /** Whether it is behind a key or an address; a signed-in agent is slow, and asked only where a person wants it. */
  readonly isApi: boolean;
  readonly model: LanguageModel;
}

/** The language models that planning, the Guide and discussions ask. */
export interface Models {
  /** The model that would be asked now, or why there is none. */
  find(): Promise<NamedModel | { readonly name: null; readonly because: string }>;
  describe(): Promise<ModelInfo>;
}

/** What the models are made of. */
export interface ModelsDeps {
  readonly named: ModelReference | null;
  readonly tokensPerDay: number | null;
  readonly settings: ModelSettings;
  readonly store: SpendingStore;
  readonly clock: Clock;
  readonly listAgents: () => Promise<readonly AgentInfo[]>;
  readonly adapters: readonly AgentAdapter[];
  readonly supervisor: Supervisor;
  /** Where agents that are asked as models have a folder for the time of an answer. */
  readonly directory: string;
  readonly environmentOf: (agent: string) => Readonly<Record<string, string>>;
  readonly limits?: Partial<AnswerLimits>;
}

/** Makes the one place that hands out language models; nothing is loaded and nobody is asked before somebody uses one. */
export function makeModels(deps: ModelsDeps): Models {
  const { named, settings, store, clock, tokensPerDay } = deps;
  const opened = new Map<string, LanguageModel>();
  // All of them draw on one budget, so it stands above the one that is asked.
  const budgeted = withDailyBudget(
    { stream: (request) => open(deps, opened, request.target).stream(request) },
    { tokensPerDay, store, clock },
  );
  const choose = async (): Promise<ModelChoice> => {
    const first = chooseModel({ named, settings, agents: [] });
    if (first.kind === 'api' || named !== null) return first;
    const ready = (await deps.listAgents()).filter(({ healthy, signedIn }) => healthy && signedIn);
    return chooseModel({ named, settings, agents: ready.map(({ name }) => name) });
  };
  return {
    find: async () => {
      const choice = await choose();
      if (choice.kind === 'none') return { name: null, because: choice.because };
      const target = targetOf(choice);
      return {
        name: writtenName(choice),
        isApi: choice.kind === 'api',
        model: { stream: (request) => budgeted.stream({ ...request, target }) },
      };
    },
    describe: async () => {
      const choice = await choose();
      const tokensToday = store.of(dayOf(clock)).tokens;
      const name = choice.kind === 'none' ? null : writtenName(choice);
      return { name, because: choice.because, tokensToday, tokensPerDay };
    },
  };
}

type Found = Exclude<ModelChoice, { kind: 'none' }>;

/** An agent is told apart from a provider by its model's name. */
const SIGNED_IN = 'signed-in';

function targetOf(choice: Found): ModelReference {
  return choice.kind === 'api' ? choice.target : { provider: choice.agent, model: SIGNED_IN };
}

function writtenName(choice: Found): string {
  return choice.kind === 'api' ? nameOf(choice.target) : choice.agent;
}

function open(
  deps: ModelsDeps,
  opened: Map<string, LanguageModel>,
  target: ModelReference | undefined,
): LanguageModel {
  if (target === undefined) throw new Error('Could not ask a model: none was named');
  const known = opened.get(nameOf(target));
  if (known !== undefined) return known;
  const { clock, limits } = deps;
  const { maxCharacters, totalMs } = { ...LIMITS, ...limits };
  const made = target.model === SIGNED_IN ? openAgent(deps, target.provider) : openApi(deps);
  const bounded = withBounds(made, { maxCharacters, totalMs, clock });
  opened.set(nameOf(target), bounded);
  return bounded;
}

function openApi({ settings, limits }: ModelsDeps): LanguageModel {
  const { firstMs, betweenMs } = { ...LIMITS, ...limits };
  return makeModel(new TokenJsModel(settings), {
    timeLimits: { firstMs, betweenMs },
    // A person waits for this: what does not pass within some seconds is told to them.
    retry: { maxAttempts: 2, firstDelayMs: 500, multiplier: 2, maxDelayMs: 5000 },
  });
}

function openAgent(deps: ModelsDeps, agent: string): LanguageModel {
  const { adapters, supervisor, directory, environmentOf, limits } = deps;
  const adapter = adapters.find(({ id }) => id === agent);
  if (adapter === undefined) throw new Error(`There is no adapter for ${agent}`);
  return makeAgentModel({
    ...{ adapter, supervisor, directory, environment: environmentOf(agent) },
    newRun: () => `model-${newId('m')}`,
    deadlineMs: limits?.totalMs ?? LIMITS.totalMs,
  });
}
