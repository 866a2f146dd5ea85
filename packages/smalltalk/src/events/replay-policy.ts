import type { EventReplayRule } from '../types/agent-manifest.ts';
import { ValidationError } from '../types/errors.ts';
import type { EventReplayPolicy, LogEvent } from '../types/event.ts';
import type { ReplayOptions } from './event-bus-options.ts';
import { compileTopicPatterns } from './topic-pattern.ts';

/** What holds for a subscriber that nobody has said anything about. */
export const DEFAULT_REPLAY_RULE: EventReplayRule = { policy: 'critical-only' };

/** The whole rule that a policy stands for. */
export function toReplayRule(policy: EventReplayPolicy | EventReplayRule): EventReplayRule {
  const rule = typeof policy === 'string' ? { policy } : policy;
  const { maxEvents = 0, replayWindowMs = 1 } = rule;
  const invalid: string[] = [];
  if (!['none', 'full', 'critical-only'].includes(rule.policy)) invalid.push('policy');
  if (!(maxEvents >= 0)) invalid.push('maxEvents');
  if (!(replayWindowMs > 0)) invalid.push('replayWindowMs');
  if (invalid.length > 0)
    throw new ValidationError(`A replay policy needs a valid ${invalid.join(', ')}`, invalid);
  return rule;
}

/** Whether a subscriber under this rule gets an event that it has missed. */
export function wantsMissed(rule: EventReplayRule, event: LogEvent, now: number): boolean {
  const { policy, topics, replayWindowMs = Infinity } = rule;
  if (policy === 'none' || event.timestamp < now - replayWindowMs) return false;
  if (topics !== undefined && !compileTopicPatterns(topics)(event.topic)) return false;
  const priority = wantedPriority(rule);
  return priority === undefined || event.priority === priority;
}

/** The priority to which a rule restricts what is replayed, if it does. */
export function wantedPriority({ policy, priority }: EventReplayRule): EventReplayRule['priority'] {
  return priority ?? (policy === 'critical-only' ? 'critical' : undefined);
}

/** What a rule restricts a replay to, with what was asked for on top. */
export function toReplayQuery(rule: EventReplayRule, asked: ReplayOptions, now: number): ReplayOptions {
  const { maxEvents = 0, topics, replayWindowMs } = rule;
  const priority = wantedPriority(rule);
  return {
    ...(maxEvents > 0 && { limit: maxEvents }),
    ...(topics !== undefined && { topics }),
    ...(priority !== undefined && { priority }),
    ...(replayWindowMs !== undefined && { since: now - replayWindowMs }),
    ...asked,
  };
}
