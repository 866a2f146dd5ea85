import type { AgentConfig, ProjectConfig, Run } from '@thalogos/contracts';
import { freeAt, type Use, usedWithin } from './usage-window.ts';

/** A run with the project that it worked for. */
export interface PastRun extends Pick<Run, 'agent' | 'startedAt' | 'endedAt' | 'end' | 'cost'> {
  readonly project: string;
}

/** The budgets that a project or an account may have. */
export type Budget = 'tokensPerMinute' | 'requestsPerMinute' | 'costPerDay';

/** What may be used; a budget that is absent binds nothing. */
export type Limits = Partial<Pick<ProjectConfig['limits'] & AgentConfig, Budget>>;

/** A budget that has no room for one more run, and when it will have. */
export interface Reached {
  readonly budget: Budget;
  readonly limit: number;
  readonly used: number;
  readonly until: number;
}

/** What one more run of an agent is taken to use, until it is known. */
export interface Expected {
  readonly tokensPerMinute: number;
  readonly usd: number;
}

const MINUTE_MS = 60_000;
/** The longest window: older runs count no more. */
export const DAY_MS = 24 * 60 * MINUTE_MS;
const WINDOWS: Readonly<Record<Budget, number>> = {
  tokensPerMinute: MINUTE_MS,
  requestsPerMinute: MINUTE_MS,
  costPerDay: DAY_MS,
};
/** What an agent without a past is taken to use in a minute. */
const UNSEEN_TOKENS = 20_000;
/** These ended before their agent could say what it had used. */
const CUT_SHORT: readonly string[] = ['crashed', 'timeout', 'interrupted'];

/** What a run of an agent came to, on average over those that said so. */
export function expectedOf(runs: readonly PastRun[], agent: string): Expected {
  const known = runs.filter((run) => run.agent === agent && run.cost !== null && run.endedAt !== null);
  if (known.length === 0) return { tokensPerMinute: UNSEEN_TOKENS, usd: 0 };
  const tokens = known.reduce((sum, { cost }) => sum + (cost?.tokens ?? 0), 0);
  const usd = known.reduce((sum, { cost }) => sum + (cost?.usd ?? 0), 0);
  const minutes = known.reduce(
    (sum, { startedAt, endedAt }) => sum + Math.max(1, ((endedAt ?? 0) - startedAt) / MINUTE_MS),
    0,
  );
  return { tokensPerMinute: tokens / minutes, usd: usd / known.length };
}

/** The budget that keeps one more run of an agent from starting for the longest; null where all have room. */
export function findReached(
  { runs, limits, agent }: { runs: readonly PastRun[]; limits: Limits; agent: string },
  now: number,
): Reached | null {
  const expected = (name: string) => expectedOf(runs, name);
  const reached = budgetsOf(limits).flatMap(([budget, limit]) => {
    const windowMs = WINDOWS[budget];
    const uses = runs.map((run) => toUse(run, budget, expected));
    const until = freeAt(uses, needOf(expected(agent), budget), { windowMs, limit, now });
    return until <= now ? [] : [{ budget, limit, used: usedWithin(uses, now, windowMs), until }];
  });
  return reached.toSorted((a, b) => b.until - a.until)[0] ?? null;
}

function budgetsOf(limits: Limits): readonly (readonly [Budget, number])[] {
  const { tokensPerMinute, requestsPerMinute, costPerDay } = limits;
  const all = [
    ['tokensPerMinute', tokensPerMinute],
    ['requestsPerMinute', requestsPerMinute],
    ['costPerDay', costPerDay],
  ] as const;
  return all.flatMap(([budget, limit]) => (limit === undefined ? [] : [[budget, limit] as const]));
}

function toUse(run: PastRun, budget: Budget, expected: (agent: string) => Expected): Use {
  const { startedAt: from, endedAt: to } = run;
  // A turn is asked for once, at its start; what it uses is known at its end.
  if (budget === 'requestsPerMinute') return { from, to: from, amount: 1 };
  return { from, to, amount: amountOf(run, budget, expected(run.agent)) };
}

function amountOf({ cost, endedAt, end, startedAt }: PastRun, budget: Budget, expected: Expected): number {
  const isCost = budget === 'costPerDay';
  if (cost !== null) return isCost ? (cost.usd ?? 0) : cost.tokens;
  if (endedAt === null) return needOf(expected, budget);
  if (end === null || !CUT_SHORT.includes(end)) return 0;
  return isCost ? expected.usd : (expected.tokensPerMinute * (endedAt - startedAt)) / MINUTE_MS;
}

function needOf({ tokensPerMinute, usd }: Expected, budget: Budget): number {
  switch (budget) {
    case 'requestsPerMinute':
      return 1;
    case 'tokensPerMinute':
      return tokensPerMinute;
    case 'costPerDay':
      return usd;
  }
}
