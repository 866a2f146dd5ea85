import type { AgentConfig, AgentInfo, AgentPermission } from '@thalogos/contracts';
import {
  formatClock,
  formatElapsed,
  formatNoun,
  formatSeconds,
  formatTokens,
  formatUsd,
} from '../../lib/format.ts';

/** One fact about an agent; `isBad` where it stands in the way of work. */
export interface AgentFact {
  readonly name: string;
  readonly value: string;
  readonly isBad: boolean;
}

/** What the project on the screen says of an agent, as far as a person trusts it. */
export type ProjectWish = Pick<AgentConfig, 'permission' | 'roles'>;

const NO_WISH: ProjectWish = {};

const PERMISSIONS: Readonly<Record<AgentPermission, string>> = {
  'read-only': 'read-only in this project: what it changes is not kept',
  ask: 'asks before every command and every change, in this project',
  supervised: 'supervised: works in its worktree, asks before anything else',
  autonomous: 'autonomous in this project: never asks, does without what its sandbox forbids',
};

const HOURS_MS = 20 * 3_600_000;

/** How an agent stands, as a row of facts. Pure: `now` in ms. */
export function agentFacts(agent: AgentInfo, now: number, wish: ProjectWish = NO_WISH): readonly AgentFact[] {
  const { limit, permission, contained } = agent;
  return [
    fact('At work', sayLoad(agent)),
    fact('Ended well', sayHistory(agent)),
    fact('Used', sayCost(agent)),
    ...sayTrouble(agent),
    { name: 'Limit', value: sayLimit(limit, now), isBad: limit !== null && limit.until > now },
    fact('Permission', wish.permission === undefined ? permission : PERMISSIONS[wish.permission]),
    fact('Roles', wish.roles === undefined ? 'any' : `only ${wish.roles.join(', ')}`),
    { name: 'Held by', value: contained ? 'a sandbox' : 'nothing: it runs as you', isBad: !contained },
  ];
}

/** Whether an agent is at a limit, for how long and until when. */
export function sayLimit(limit: AgentInfo['limit'], now: number): string {
  if (limit === null || limit.until <= now) return 'free';
  const left = limit.until - now;
  return left > HOURS_MS
    ? `reached, free in ${formatElapsed(left)}`
    : `reached, free in ${formatElapsed(left)}, at ${formatClock(limit.until)}`;
}

function fact(name: string, value: string): AgentFact {
  return { name, value, isBad: false };
}

function sayLoad({ load }: AgentInfo): string {
  const running = load.running === 0 ? 'nothing' : formatNoun(load.running, 'task');
  return load.queued === 0 ? running : `${running}, ${load.queued} wait`;
}

function sayHistory({ history }: AgentInfo): string {
  if (history.rate === null) return 'not run yet';
  return `${Math.round(history.rate * 100)} % of ${formatNoun(history.runs, 'run')}`;
}

/** What went wrong since the server was started, and how soon it was known and mended; nothing where all went well. */
function sayTrouble({ record }: AgentInfo): readonly AgentFact[] {
  if (record === undefined) return [];
  const { recoveries, silences, detection, recovery } = record;
  const words = [
    ...some(recoveries.again, 'taken up again'),
    ...some(recoveries.handedOver, 'handed over'),
    ...some(recoveries.asked, 'left to you'),
    ...some(silences, 'silent'),
    ...(detection === null ? [] : [`a death known after ${formatSeconds(detection.worst)} at most`]),
    ...(recovery === null ? [] : [`at work again after ${formatSeconds(recovery.worst)} at most`]),
  ];
  return words.length === 0 ? [] : [fact('Failures', words.join(', '))];
}

function some(count: number, words: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${words}`];
}

function sayCost({ cost }: AgentInfo): string {
  if (cost === null) return 'not told';
  const tokens = `${formatTokens(cost.tokens)} tokens`;
  return cost.usd === null ? tokens : `${tokens}, ${formatUsd(cost.usd)}`;
}
