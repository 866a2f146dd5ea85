import type { AgentChoice, AgentConfig, AgentInfo, Cost, Run } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Candidate, chooseAgent, KEPT_FOR, rankAgents } from './choose-agent.ts';
import { type Bounds, findHindrance, type Hindrance, type HindranceDeps } from './find-hindrance.ts';
import { FALLBACK_AGENT, type KnownAgent, knownAgent } from './profiles.ts';
import { scoreFit } from './score-fit.ts';
import { DAY_MS, type Reached } from './usage.ts';

/** What scheduling needs. */
export interface SchedulerDeps extends HindranceDeps {
  readonly recorder: Recorder;
  readonly agentNames: readonly string[];
  /** The last runs of an agent, newest first. */
  readonly lastRuns: (agent: string, count: number) => readonly Pick<Run, 'end' | 'cost'>[];
  /** How many tasks of an agent are at work and how many wait for it. */
  readonly loadOf: (agent: string) => AgentInfo['load'];
}

/** How an agent stands, as far as scheduling knows. */
export type Standing = Pick<
  AgentInfo,
  'isOn' | 'account' | 'limit' | 'load' | 'history' | 'cost' | 'profile'
>;

/** What is known of an agent from looking at the machine. */
type Found = Pick<AgentInfo, 'name' | 'installed' | 'signedIn' | 'healthy'>;

/** What was seen of the agents and what a project says of them. */
export interface Seen {
  readonly found: readonly Found[];
  readonly agents: Bounds['agents'];
}

/** What somebody is looked for to do. */
export interface Work {
  readonly text: string;
  /** The point of view that it is done from; null for none. */
  readonly role: string | null;
}

/** Who gets a task, and when it may start. */
export interface Scheduler {
  /** Takes what a look at the machine has shown, for the choices that follow. */
  seen(project: string, seen: Seen): void;
  /** Chooses among the agents last seen; `asked` is a person's word and wins. */
  choose(project: string, work: Work, asked: string | null): AgentChoice;
  /** Who would be chosen one after another, best first. */
  rank(project: string, work: Work): readonly string[];
  /** What keeps a task from starting now; null where nothing does. */
  hindrance(task: { readonly agent: string; readonly project: string }, bounds: Bounds): Hindrance | null;
  /** Tells a person, once in a while, that a budget of a project is used up. */
  tellReached(project: string, reached: Reached): void;
  standing(agent: string): Standing;
  switchAgent(agent: string, isOn: boolean, actor: Actor): void;
}

/** So many of an agent's last runs say how it does. */
const HISTORY = 50;
const QUIET_MS = 60 * 60_000;
const CUT_BY_OTHERS: readonly string[] = ['cancelled', 'interrupted', 'rate-limited'];

/** Scheduling over the server's records. */
export function makeScheduler(deps: SchedulerDeps): Scheduler {
  const { store, recorder, clock, agentNames } = deps;
  const standing = (agent: string) => standingOf(deps, agent);
  const fields = new Map<string, readonly Runner[]>();
  const candidates = (project: string, work: Work) => toCandidates(fields.get(project) ?? [], work);
  return {
    seen: (project, { found, agents }) =>
      void fields.set(
        project,
        found.map((agent) => toRunner(agent, standing(agent.name), agents[agent.name])),
      ),
    choose: (project, work, asked) => {
      const choice = chooseAgent(asked === null ? candidates(project, work) : [], asked);
      // Tasks of one plan are chosen for before any of them is on the queue.
      for (const runner of fields.get(project) ?? []) if (runner.name === choice.agent) runner.given += 1;
      return choice;
    },
    rank: (project, work) => rankAgents(candidates(project, work)),
    hindrance: (task, bounds) => findHindrance(deps, task, bounds),
    tellReached: (project, reached) => {
      const at = store.toldAt(project, reached.budget);
      const pause = Math.max(QUIET_MS, reached.budget === 'costPerDay' ? DAY_MS : 0);
      if (at !== null && clock.now() - at < pause) return;
      recorder.transact(() => {
        store.putTold(project, reached.budget, clock.now());
        const about = { project, session: null, task: null, by: 'orchestrator' };
        recorder.record({ ...about, type: 'budget.reached', data: reached });
      });
    },
    standing,
    switchAgent: (agent, isOn, actor) => {
      if (!agentNames.includes(agent)) {
        throw new Refusal('unknown-agent', `There is no agent ${agent}; nothing was switched.`, {
          hint: `Choose one of: ${agentNames.join(', ')}.`,
        });
      }
      if (store.isOff(agent) === !isOn) return;
      recorder.transact(() => {
        store.setOff(agent, !isOn);
        const about = { project: null, session: null, task: null, by: actor.name };
        recorder.record({ ...about, type: 'agent.switched', data: { agent, isOn } });
      });
    },
  };
}

/** An agent as it stood when the machine was looked at, and how much it was given since. */
interface Runner {
  readonly name: string;
  readonly unfit: string | null;
  readonly known: KnownAgent;
  readonly stands: Standing;
  given: number;
}

function toRunner(agent: Found, stands: Standing, config: AgentConfig | undefined): Runner {
  const { name } = agent;
  return { name, unfit: unfitBecause(agent, stands.isOn), known: knownAgent(name, config), stands, given: 0 };
}

function toCandidates(all: readonly Runner[], { text, role }: Work): readonly Candidate[] {
  const runners = all.map((runner) => ({
    ...runner,
    unfit: runner.unfit ?? barredBecause(runner.known, role),
  }));
  const able = runners.filter(({ name, unfit }) => unfit === null && name !== FALLBACK_AGENT);
  // Where there is nobody to choose among, nothing has to be weighed.
  const weighed = able.length > 1 ? able : [];
  const fits = scoreFit(text, new Map(weighed.map(({ name, known }) => [name, known.profile])));
  return runners.map(({ name, unfit, known, stands: { limit, load, history }, given }) => ({
    ...{ name, unfit, preference: known.preference, cost: known.profile.cost },
    limitedUntil: limit?.until ?? null,
    fit: fits.get(name) ?? { score: 0, reasoning: '' },
    load: load.running + load.queued + given,
    success: history.rate,
    isLastResort: name === FALLBACK_AGENT,
  }));
}

/** A project may keep an agent for some roles; it is then not chosen for a task that has none of them. */
function barredBecause({ roles }: KnownAgent, role: string | null): string | null {
  if (roles === null || roles.some((name) => name === role)) return null;
  return `${KEPT_FOR} ${roles.join(', ')} by the project file`;
}

function unfitBecause({ installed, signedIn, healthy }: Found, isOn: boolean): string | null {
  if (!installed) return 'not installed';
  if (!signedIn) return 'not signed in';
  if (!healthy) return 'not well';
  return isOn ? null : 'switched off';
}

function standingOf({ store, limits, lastRuns, loadOf }: SchedulerDeps, agent: string): Standing {
  const { account, profile } = knownAgent(agent);
  const runs = lastRuns(agent, HISTORY);
  const judged = runs.filter(({ end }) => end !== null && !CUT_BY_OTHERS.includes(end));
  const completed = judged.filter(({ end }) => end === 'completed').length;
  return {
    isOn: !store.isOff(agent),
    account,
    limit: account === null ? null : limits.of(account),
    load: loadOf(agent),
    history: {
      runs: judged.length,
      completed,
      rate: judged.length === 0 ? null : completed / judged.length,
    },
    cost: sumCost(runs),
    profile,
  };
}

function sumCost(runs: readonly Pick<Run, 'cost'>[]): Cost | null {
  const costs = runs.flatMap(({ cost }) => cost ?? []);
  if (costs.length === 0) return null;
  const usds = costs.flatMap(({ usd }) => usd ?? []);
  return {
    tokens: costs.reduce((sum, { tokens }) => sum + tokens, 0),
    usd: usds.length === 0 ? null : usds.reduce((sum, usd) => sum + usd, 0),
  };
}
