import type { ExecutionPlan } from '../types/execution-plan.ts';
import type { Deliberation } from './orchestrator-options.ts';

/** Looks back on a plan: what was done, whether that is what was wanted, and what comes next. */
export function deliberate({ steps, status }: ExecutionPlan): Deliberation {
  const accomplishments = steps.flatMap(({ status: each, instruction, agentName }) =>
    each === 'completed' ? [`${agentName}: ${instruction}`] : [],
  );
  const isGoalReached = status === 'completed' && accomplishments.length > 0;
  if (isGoalReached) return { accomplishments, isGoalReached, nextAction: 'RETURN_SUMMARY' };
  const isRestLeft = status === 'paused' && steps.some(({ status: each }) => each === 'pending');
  return { accomplishments, isGoalReached, nextAction: isRestLeft ? 'GENERATE_FOLLOWUP' : 'ASK_GUIDANCE' };
}

const CONTENT = /\b(?:good|great|thanks|thank you|perfect|excellent|helpful|love|nice|exactly|right)\b/i;
const DISCONTENT =
  /\b(?:bad|wrong|useless|terrible|not what|not helpful|unhelpful|hate|poor|worse|too (?:long|short|slow|vague))\b/i;

/** How content somebody sounds, 0 to 1; 0.5 when nothing says. */
export function readSatisfaction(feedback: string): number {
  const isDiscontent =
    DISCONTENT.test(feedback) || /\b(?:not|isn't|wasn't) (?:very )?(?:good|great|right)\b/i.test(feedback);
  if (isDiscontent) return 0;
  return CONTENT.test(feedback) ? 1 : 0.5;
}
