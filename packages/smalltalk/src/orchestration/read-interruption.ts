import type { RoutingCandidate } from '../types/agent-router.ts';
import type { InterruptionKind } from '../types/execution-plan.ts';
import { findAddress } from './find-address.ts';

/** How much a message must look like an interruption to be taken for one. */
export type InterruptionSensitivity = 'low' | 'medium' | 'high';

/** What somebody wants who speaks while agents work. */
export type Interruption = {
  readonly kind: InterruptionKind;
  /** 0 to 1. */
  readonly confidence: number;
  readonly message: string;
  /** To whom the work is to be given. */
  readonly agentName?: string;
};

const NEEDED: Readonly<Record<InterruptionSensitivity, number>> = { low: 0.9, medium: 0.7, high: 0.4 };

const SIGNS: readonly (readonly [InterruptionKind, number, RegExp])[] = [
  [
    'STOP',
    0.95,
    /^\s*(?:please\s+)?(?:stop|cancel|abort|halt|quit|enough)\b[\s.!]*(?:it|that|this|now|please)?[\s.!]*$/i,
  ],
  ['PAUSE', 0.95, /^\s*(?:please\s+)?(?:pause|wait|hold on|one moment|hang on)\b/i],
  [
    'NEW_PLAN',
    0.9,
    /\b(?:forget (?:that|this|it|everything)|start over|new (?:plan|task|topic)|something else)\b/i,
  ],
  ['REDIRECT', 0.8, /\b(?:instead|rather|actually|focus on|change (?:it|the|that)|not that)\b/i],
  [
    'CLARIFICATION',
    0.7,
    /^\s*(?:what|why|how|which|who|when|where|do you|did you|can you explain)\b.*\?\s*$/i,
  ],
  ['REDIRECT', 0.5, /\b(?:but|also|don't|do not|no)\b/i],
];

/** What a message wants of a plan that is being carried out; undefined when it wants nothing of it. */
export function readInterruption(
  message: string,
  agents: readonly RoutingCandidate[],
  sensitivity: InterruptionSensitivity,
): Interruption | undefined {
  const addressed = findAddress(message, agents);
  if (addressed !== undefined)
    return { kind: 'AGENT_SWITCH', confidence: 0.95, message, agentName: addressed.name };
  const sign = SIGNS.find(([, , pattern]) => pattern.test(message));
  const [kind, confidence] = sign ?? (['REDIRECT', 0.4] as const);
  return confidence >= NEEDED[sensitivity] ? { kind, confidence, message } : undefined;
}
