import type { CollaborationPattern, PlanRouting } from '../types/execution-plan.ts';

/** How the work on a message is shared out: the parts it has, and how they belong together. */
export type WorkShape = {
  readonly pattern: CollaborationPattern;
  /** What is to be done, part by part. */
  readonly parts: readonly string[];
  readonly reasoning: string;
};

const DEBATE = /\b(?:debate|pros and cons|argue|for and against|versus|vs\.?)\b/i;
const REVIEW =
  /\b(?:(?:and|then) (?:have it )?(?:review|check|critici[sz]e|refine|proofread)(?:ed)?|with (?:a )?review)\b/i;
const PARALLEL =
  /\b(?:different (?:views|perspectives|angles)|each of you|all of you|everyone|from every (?:side|angle))\b/i;
const ORDER =
  /(?:[,;.]?\s+(?:and\s+)?(?:then|afterwards|after that|finally)\s+|\s*;\s+|\n\s*(?:\d+[.)]|[-*])\s+)/i;

/** Finds the pattern in how a message is put; most want one answer of one agent. */
export function shapeWork(message: string, agentCount: number): WorkShape {
  const whole = [message.trim()];
  const parts = splitWork(message);
  if (agentCount > 1 && DEBATE.test(message))
    return { pattern: 'debate-discussion', parts: whole, reasoning: 'The message wants both sides' };
  // With three parts and more the review is one of them.
  if (agentCount > 1 && parts.length < 3 && REVIEW.test(message))
    return { pattern: 'review-refinement', parts: whole, reasoning: 'The message wants a review' };
  if (agentCount > 1 && PARALLEL.test(message))
    return { pattern: 'parallel-synthesis', parts: whole, reasoning: 'The message wants several views' };
  if (parts.length > 1)
    return {
      pattern: 'sequential-handoff',
      parts,
      reasoning: `The message has ${String(parts.length)} steps`,
    };
  return { pattern: 'specialist-consultation', parts: whole, reasoning: 'The message wants one answer' };
}

/** How many agents a pattern takes at most. */
export const PATTERN_AGENTS: Readonly<Record<CollaborationPattern, number>> = {
  'specialist-consultation': 1,
  'sequential-handoff': 5,
  'parallel-synthesis': 4,
  'debate-discussion': 3,
  'review-refinement': 3,
};

/** The short name of a pattern. */
export function toRoutingPattern(pattern: CollaborationPattern): PlanRouting['collaborationPattern'] {
  switch (pattern) {
    case 'specialist-consultation':
    case 'sequential-handoff':
      return 'sequential';
    case 'parallel-synthesis':
      return 'parallel';
    case 'debate-discussion':
      return 'debate';
    case 'review-refinement':
      return 'review';
  }
}

function splitWork(message: string): string[] {
  const parts = message
    .split(ORDER)
    .map((part) => part.trim().replace(/^(?:first(?:ly)?,?|\d+[.)]|[-*])\s+/i, ''))
    .filter((part) => part.length > 2);
  return parts.slice(0, PATTERN_AGENTS['sequential-handoff']);
}
