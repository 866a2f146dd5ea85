import type { ProjectConfig } from '@thalogos/contracts';
import type { PlanItem } from './plan-draft.ts';

/** Who does how much of a plan, most first. */
export function agentsLine(items: readonly Pick<PlanItem, 'agent' | 'isDropped'>[]): string {
  const counts = new Map<string, number>();
  for (const { agent, isDropped } of items) {
    const name = agent ?? 'whoever suits';
    if (!isDropped) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const parts = [...counts].toSorted((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`);
  return parts.length === 0 ? '' : `Agents: ${parts.join(', ')}.`;
}

type Limits = Pick<
  ProjectConfig['limits'],
  'concurrency' | 'costPerDay' | 'tokensPerMinute' | 'requestsPerMinute'
>;

/** What the project lets its agents take, in a sentence. */
export function budgetLine({ concurrency, costPerDay, tokensPerMinute, requestsPerMinute }: Limits): string {
  const parts = [
    ...(costPerDay === undefined ? [] : [`$${costPerDay} a day`]),
    ...(tokensPerMinute === undefined ? [] : [`${tokensPerMinute.toLocaleString('en')} tokens a minute`]),
    ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} turns a minute`]),
  ];
  const budget = parts.length === 0 ? 'Budget: none set.' : `Budget: ${parts.join(', ')}.`;
  return `${budget} At most ${concurrency} at once.`;
}
