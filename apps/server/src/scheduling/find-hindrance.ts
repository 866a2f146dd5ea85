import type { ProjectConfig } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { AccountLimits } from './account-limits.ts';
import type { LimitStore } from './limit-store.ts';
import { knownAgent } from './profiles.ts';
import { type Budget, DAY_MS, findReached, type Limits, type PastRun, type Reached } from './usage.ts';

/** What finding what keeps a task from starting needs. */
export interface HindranceDeps {
  readonly store: LimitStore;
  readonly limits: AccountLimits;
  readonly clock: Clock;
  /** Runs that were open at that moment or have begun since. */
  readonly runsSince: (at: number) => readonly PastRun[];
}

/** What keeps a task from starting, until when, and which budget of its project, if it is one. */
export interface Hindrance {
  readonly why: string;
  readonly until: number | null;
  /** Whether another agent would be free of it. */
  readonly isOfAgent: boolean;
  readonly budget?: Reached;
}

/** What a project says of its agents and its budgets. */
export interface Bounds {
  readonly agents: ProjectConfig['agents'];
  readonly limits: Limits;
}

/** What is to be started. */
interface Wish {
  readonly agent: string;
  readonly project: string;
}

const BUDGETS: readonly Budget[] = ['tokensPerMinute', 'requestsPerMinute', 'costPerDay'];

/** What keeps a task from starting now: a switch, its vendor, what its account takes, or its project's budget. */
export function findHindrance(deps: HindranceDeps, wish: Wish, bounds: Bounds): Hindrance | null {
  return bySwitch(deps, wish) ?? byVendor(deps, wish) ?? byUse(deps, wish, bounds);
}

function bySwitch({ store }: HindranceDeps, { agent }: Wish): Hindrance | null {
  return store.isOff(agent) ? { why: `${agent} is switched off`, until: null, isOfAgent: true } : null;
}

function byVendor({ limits }: HindranceDeps, { agent }: Wish): Hindrance | null {
  const { account } = knownAgent(agent);
  const limit = account === null ? null : limits.of(account);
  if (limit === null) return null;
  return {
    why: `${agent} is at its vendor's limit: ${limit.reason}`,
    until: limit.until,
    isOfAgent: true,
  };
}

/** A budget that nobody has set costs no look at what was used. */
function byUse(
  { runsSince, clock }: HindranceDeps,
  { agent, project }: Wish,
  { agents, limits }: Bounds,
): Hindrance | null {
  const taken = agents[agent] ?? {};
  if (!isBound(limits) && !isBound(taken)) return null;
  const now = clock.now();
  const all = runsSince(now - DAY_MS);
  const { account } = knownAgent(agent);
  const ofAccount = all.filter((run) => knownAgent(run.agent).account === account);
  const full = account === null ? null : findReached({ runs: ofAccount, limits: taken, agent }, now);
  if (full !== null) {
    const why = `${agent} has used ${say(full)} that its account takes`;
    return { why, until: full.until, isOfAgent: true };
  }
  const runs = all.filter((run) => run.project === project);
  const reached = findReached({ runs, limits, agent }, now);
  if (reached === null) return null;
  const why = `the project has used ${say(reached)} of its budget`;
  return { why, until: reached.until, isOfAgent: false, budget: reached };
}

function isBound(limits: Limits): boolean {
  return BUDGETS.some((budget) => limits[budget] !== undefined);
}

function say({ budget, limit }: Reached): string {
  switch (budget) {
    case 'tokensPerMinute':
      return `the ${limit} tokens a minute`;
    case 'requestsPerMinute':
      return limit === 1 ? 'the one turn a minute' : `the ${limit} turns a minute`;
    case 'costPerDay':
      return `the $${limit} a day`;
  }
}
