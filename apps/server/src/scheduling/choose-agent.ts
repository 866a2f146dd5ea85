import type { AgentChoice, AgentProfile } from '@thalogos/contracts';
import { FALLBACK_AGENT } from './profiles.ts';

/** What is known of an agent when one is to be chosen. */
export interface Candidate {
  readonly name: string;
  /** Why it can't be given anything now, in words; null where it can. */
  readonly unfit: string | null;
  /** Until when its account gives nothing; null while it is free. */
  readonly limitedUntil: number | null;
  /** How well its skills fit, 0 to 1, and by what. */
  readonly fit: { readonly score: number; readonly reasoning: string };
  /** Its open runs and those that wait for it. */
  readonly load: number;
  /** Share of its last runs that ended by themselves, 0 to 1; null where it has had none. */
  readonly success: number | null;
  readonly cost: AgentProfile['cost'];
  /** 1 is asked before 2. */
  readonly preference: number;
  /** Whether it is taken only where nobody else can. */
  readonly isLastResort: boolean;
}

/** How much each part of a score counts. */
const CHOICE_WEIGHTS = { fit: 0.35, success: 0.2, load: 0.2, preference: 0.15, cost: 0.1 } as const;

const COST_SCORES: Readonly<Record<AgentProfile['cost'], number>> = {
  free: 1,
  low: 0.8,
  medium: 0.5,
  high: 0.2,
};
/** How the words begin that say that an agent is kept for other roles. */
export const KEPT_FOR = 'kept for the roles';
/** An agent without a past is taken to do as well as most. */
const UNSEEN = 0.8;

type Scored = AgentChoice['candidates'][number];

/** Picks who gets a task: the one asked for by name, else the best that can be given work now, else the last resort. */
export function chooseAgent(candidates: readonly Candidate[], asked: string | null): AgentChoice {
  const ranked = rank(candidates);
  if (asked !== null) {
    const reasoning = `${asked} was asked for by name`;
    return { agent: asked, source: 'person', confidence: 1, reasoning, candidates: [...ranked] };
  }
  const [best, second] = ranked.filter(({ score }) => score > 0);
  if (best === undefined) return lastResort(candidates, ranked);
  const others = ranked.length - 1;
  if (second === undefined) {
    const reasoning = `No other of ${others} can be given work now; ${best.agent}: ${best.reasoning}`;
    return { agent: best.agent, source: 'only', confidence: 1, reasoning, candidates: [...ranked] };
  }
  const lead = best.score - second.score;
  return {
    agent: best.agent,
    source: 'score',
    confidence: Math.min(1, round(0.5 + lead)),
    reasoning: `${best.agent} is ${lead < 0.05 ? 'a little ' : ''}ahead of ${second.agent}: ${best.reasoning}`,
    candidates: [...ranked],
  };
}

/** The candidates that would be chosen one after another, best first; for several attempts at one task. */
export function rankAgents(candidates: readonly Candidate[]): readonly string[] {
  const able = rank(candidates).filter(({ score }) => score > 0);
  return able.length > 0 ? able.map(({ agent }) => agent) : [lastResort(candidates, []).agent];
}

function rank(candidates: readonly Candidate[]): readonly Scored[] {
  // Whose account is at its limit is passed over while anybody else can work, and only then.
  const isAnyFree = candidates.some((one) => isAble(one) && one.limitedUntil === null);
  return candidates
    .map((candidate) => score(candidate, isAnyFree))
    .toSorted((one, other) => other.score - one.score);
}

function isAble({ unfit, isLastResort }: Candidate): boolean {
  return unfit === null && !isLastResort;
}

function score(candidate: Candidate, isAnyFree: boolean): Scored {
  const { name, unfit, limitedUntil, fit, load, success, cost, preference, isLastResort } = candidate;
  const no = (reasoning: string): Scored => ({ agent: name, score: 0, reasoning });
  if (unfit !== null) return no(unfit);
  if (isLastResort) return no('taken only where nobody else can');
  if (limitedUntil !== null && isAnyFree) return no('its account is at its limit');
  const parts = {
    fit: fit.score,
    preference: 1 / Math.max(1, preference),
    success: success ?? UNSEEN,
    load: 1 / (1 + load),
    cost: COST_SCORES[cost],
  };
  const sum =
    parts.fit * CHOICE_WEIGHTS.fit +
    parts.preference * CHOICE_WEIGHTS.preference +
    parts.success * CHOICE_WEIGHTS.success +
    parts.load * CHOICE_WEIGHTS.load +
    parts.cost * CHOICE_WEIGHTS.cost;
  const words = Object.entries(parts).map(([part, value]) => `${part} ${value.toFixed(2)}`);
  return { agent: name, score: Math.max(0.001, round(sum)), reasoning: words.join(', ') };
}

function lastResort(candidates: readonly Candidate[], ranked: readonly Scored[]): AgentChoice {
  const agent = candidates.find(({ isLastResort }) => isLastResort)?.name ?? FALLBACK_AGENT;
  const barred = candidates
    .filter(({ unfit }) => unfit?.startsWith(KEPT_FOR) === true)
    .map(({ name }) => name);
  const reasoning =
    barred.length === 0
      ? 'no other agent is installed, signed in and switched on'
      : `no other agent can be given it: the project file keeps ${barred.join(', ')} for other roles`;
  return { agent, source: 'only', confidence: 1, reasoning, candidates: [...ranked] };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
