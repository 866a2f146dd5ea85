import type { AgentInfo, ProjectConfig, Task } from '@thalogos/contracts';
import { formatClock, formatElapsed, formatTokens, formatUsd } from '../../lib/format.ts';

/** A task that could start, and what it waits for besides its turn. */
export interface QueuedLine {
  readonly task: Task;
  /** Its place, from 1. */
  readonly place: number;
  readonly why: string;
}

/** Queued tasks in the order in which they would begin; those that the order does not know yet come last. */
export function queueLines(
  tasks: readonly Task[],
  order: readonly string[],
  now: number,
): readonly QueuedLine[] {
  const places = new Map(order.map((id, index) => [id, index]));
  return tasks
    .filter(({ state }) => state === 'queued')
    .toSorted((a, b) => (places.get(a.id) ?? order.length) - (places.get(b.id) ?? order.length))
    .map((task, index) => ({ task, place: index + 1, why: whyQueued(task, now) }));
}

function whyQueued({ reason, heldUntil, agent }: Task, now: number): string {
  if (reason === null) return `waits for its turn with ${agent}`;
  if (heldUntil === null || heldUntil === undefined || heldUntil <= now) return reason;
  return `${reason}, for ${formatElapsed(heldUntil - now)}, until ${formatClock(heldUntil)}`;
}

/** A task that waits for others, and those of them that are not done. */
export interface WaitingLine {
  readonly task: Task;
  readonly on: readonly Task[];
  readonly why: string;
}

const DONE: readonly Task['state'][] = ['review', 'approved', 'saved'];

/** Blocked tasks with what they wait for. */
export function waitingLines(tasks: readonly Task[]): readonly WaitingLine[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return tasks
    .filter(({ state }) => state === 'blocked')
    .map((task) => ({
      task,
      on: task.after.flatMap((id) => byId.get(id) ?? []).filter(({ state }) => !DONE.includes(state)),
      why: task.reason ?? 'is blocked',
    }));
}

/** Agents whose vendor gives no more work for now, soonest free first. */
export function limitLines(
  agents: readonly AgentInfo[],
  now: number,
): readonly { readonly agent: AgentInfo; readonly words: string }[] {
  return agents
    .flatMap((agent) =>
      agent.limit !== null && agent.limit.until > now ? [{ agent, limit: agent.limit }] : [],
    )
    .toSorted((a, b) => a.limit.until - b.limit.until)
    .map(({ agent, limit }) => ({
      agent,
      words: `${limit.reason}; free in ${formatElapsed(limit.until - now)}, at ${formatClock(limit.until)}`,
    }));
}

/** What a project allows its agents to take; empty where it bounds nothing. */
export function budgetLines(config: Pick<ProjectConfig, 'limits' | 'agents'>): readonly string[] {
  return [
    ...bounds('The project', config.limits),
    ...Object.entries(config.agents).flatMap(([name, agent]) => bounds(name, agent)),
  ];
}

interface Bounds {
  readonly tokensPerMinute?: number | undefined;
  readonly requestsPerMinute?: number | undefined;
  readonly costPerDay?: number | undefined;
}

function bounds(
  whose: string,
  { tokensPerMinute, requestsPerMinute, costPerDay }: Bounds,
): readonly string[] {
  const parts = [
    tokensPerMinute === undefined ? null : `${formatTokens(tokensPerMinute)} tokens a minute`,
    requestsPerMinute === undefined ? null : `${requestsPerMinute} turns a minute`,
    costPerDay === undefined ? null : `${formatUsd(costPerDay)} within 24 hours`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? [] : [`${whose}: ${parts.join(', ')}`];
}
