import type { Oid, PredictedFile } from '@thalogos/contracts';

/** One task as a planner proposes it, before it has an id of its own. */
export interface PlannedTask {
  /** Names the task inside its goal. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly agent: string;
  /** The point of view that its agent takes. */
  readonly role?: string | null;
  /** What its agent should be good at, where nobody is named. */
  readonly skills?: readonly string[];
  /** Files that it is expected to touch. */
  readonly predicted?: readonly PredictedFile[];
  /** Keys of the tasks that it waits for. */
  readonly after: readonly string[];
  /** The commit that it starts from, where that is not the newest main. */
  readonly base?: Oid;
  /** The conflict that it proposes a solution for. */
  readonly settles?: string;
}

/** One thing that is wrong with a goal; `line` counts the goal's lines from 1. */
export interface PlanProblem {
  readonly line: number;
  readonly message: string;
}

/** What a planner makes of a goal: tasks that can be started, or every reason why nothing was made. */
export type Plan =
  | { readonly kind: 'planned'; readonly tasks: readonly PlannedTask[] }
  | { readonly kind: 'refused'; readonly problems: readonly PlanProblem[] };

/** A proposed task and the line of the goal it came from. */
export interface Proposal extends PlannedTask {
  readonly line: number;
}

/** Makes a plan of proposals whose keys are unique and whose dependencies exist and never lead back to themselves. */
export function makePlan(proposals: readonly Proposal[], agents: readonly string[]): Plan {
  const problems = [
    ...doubledKeys(proposals),
    ...unknownKeys(proposals),
    ...unknownAgents(proposals, agents),
    ...cycles(proposals),
  ];
  if (problems.length > 0) return { kind: 'refused', problems: problems.toSorted((a, b) => a.line - b.line) };
  return { kind: 'planned', tasks: proposals.map(({ line: _line, ...task }) => task) };
}

function doubledKeys(proposals: readonly Proposal[]): PlanProblem[] {
  const first = new Map<string, number>();
  return proposals.flatMap(({ key, line }) => {
    const before = first.get(key);
    if (before !== undefined)
      return [{ line, message: `The key [${key}] is already used on line ${before}` }];
    first.set(key, line);
    return [];
  });
}

function unknownKeys(proposals: readonly Proposal[]): PlanProblem[] {
  const keys = new Set(proposals.map(({ key }) => key));
  return proposals.flatMap(({ after, line }) =>
    after
      .filter((key) => !keys.has(key))
      .map((key) => ({ line, message: `No task of this goal has the key [${key}]` })),
  );
}

function unknownAgents(proposals: readonly Proposal[], agents: readonly string[]): PlanProblem[] {
  const known = new Set(agents);
  const names = agents.map((agent) => `@${agent}`).join(', ');
  return proposals
    .filter(({ agent }) => !known.has(agent))
    .map(({ agent, line }) => ({ line, message: `There is no agent @${agent}; there are ${names}` }));
}

function cycles(proposals: readonly Proposal[]): PlanProblem[] {
  const open = neverFree(proposals);
  const start = proposals.find(({ key }) => open.has(key));
  const path = start === undefined ? [] : walk(open, start.key);
  const first = proposals.find(({ key }) => key === path[0]);
  if (first === undefined) return [];
  const shown = path.length > 12 ? [...path.slice(0, 6), '...', ...path.slice(-5)] : path;
  return [{ line: first.line, message: `These tasks wait for each other: ${shown.join(' -> ')}` }];
}

/** Takes away whatever waits for nothing, again and again; what is left waits for itself or for what does not exist. */
function neverFree(proposals: readonly Proposal[]): ReadonlyMap<string, ReadonlySet<string>> {
  const open = new Map(proposals.map((proposal) => [proposal.key, new Set(proposal.after)]));
  const waiting = waitersOf(proposals);
  const free = [...open].filter(([, after]) => after.size === 0).map(([key]) => key);
  for (let key = free.pop(); key !== undefined; key = free.pop()) {
    open.delete(key);
    for (const waiter of waiting.get(key) ?? []) {
      const after = open.get(waiter);
      after?.delete(key);
      if (after?.size === 0) free.push(waiter);
    }
  }
  return open;
}

function waitersOf(proposals: readonly Proposal[]): Map<string, string[]> {
  const waiting = new Map<string, string[]>();
  for (const { key, after } of proposals) {
    for (const before of new Set(after)) {
      const waiters = waiting.get(before);
      if (waiters === undefined) waiting.set(before, [key]);
      else waiters.push(key);
    }
  }
  return waiting;
}

/** The cycle that is met by following dependencies from `from`; empty where they end in a key that does not exist. */
function walk(open: ReadonlyMap<string, ReadonlySet<string>>, from: string): string[] {
  const seen = new Map<string, number>();
  const path: string[] = [];
  for (let key: string | undefined = from; key !== undefined; ) {
    const at = seen.get(key);
    if (at !== undefined) return [...path.slice(at), key];
    seen.set(key, path.length);
    path.push(key);
    key = [...(open.get(key) ?? [])].find((next) => open.has(next));
  }
  return [];
}
