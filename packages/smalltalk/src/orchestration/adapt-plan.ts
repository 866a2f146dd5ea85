import { randomUUID } from 'node:crypto';
import type { ExecutionPlan, PlanAdaptation, PlanStep } from '../types/execution-plan.ts';
import type { RoutingCandidate } from '../types/agent-router.ts';
import { findAddress } from './find-address.ts';
import type { SkillScore } from './score-agents.ts';

const APPLIED_ABOVE = 0.7;

/** A plan after a change, and what the change was. */
export type AdaptedPlan = { readonly steps: readonly PlanStep[]; readonly adaptation: PlanAdaptation };

/** What is known when a plan may have to change. */
export type AdaptationSituation = {
  readonly plan: ExecutionPlan;
  /** The step that has just ended. */
  readonly ended: PlanStep;
  readonly agents: readonly RoutingCandidate[];
  readonly canWork: (agentName: string) => boolean;
  /** Everybody's scores for an instruction, the best first. */
  readonly score: (instruction: string) => readonly SkillScore[];
};

/** What has to change about a plan after a step has ended, by the first rule that is certain enough. */
export function adaptPlan(situation: AdaptationSituation): AdaptedPlan | undefined {
  const rules = [replaceFailed, insertAsked, removeDone, reorderBlocked];
  return rules
    .map((rule) => rule(situation))
    .find((adapted) => adapted !== undefined && adapted.adaptation.confidence > APPLIED_ABOVE);
}

/** Feedback of a user becomes part of what is still to be done. */
export function modifyRest({ steps }: ExecutionPlan, feedback: string): AdaptedPlan {
  const changed = steps.map((step) =>
    step.status === 'pending'
      ? { ...step, instruction: `${step.instruction}\n\nMind this: ${feedback}` }
      : step,
  );
  return {
    steps: changed,
    adaptation: { kind: 'modify', confidence: 0.9, reason: 'The user has said how they want it' },
  };
}

/** A step that failed is done by the next best who can work and has not tried. */
function replaceFailed({ plan, ended, canWork, score }: AdaptationSituation): AdaptedPlan | undefined {
  if (ended.status !== 'failed') return undefined;
  const tried = plan.steps.filter(({ instruction }) => instruction === ended.instruction);
  const names = new Set(tried.map(({ agentName }) => agentName));
  const next = score(ended.instruction).find(({ agentName }) => !names.has(agentName) && canWork(agentName));
  if (next === undefined) return undefined;
  const retry: PlanStep = {
    id: randomUUID(),
    agentName: next.agentName,
    instruction: ended.instruction,
    dependsOn: ended.dependsOn,
    status: 'pending',
    ...(ended.decisionId !== undefined && { decisionId: ended.decisionId }),
  };
  return {
    steps: plan.steps.flatMap((step) =>
      step.id === ended.id
        ? [{ ...step, status: 'skipped' as const }, retry]
        : [waitFor(step, ended.id, retry.id)],
    ),
    adaptation: {
      kind: 'replace',
      confidence: 0.9,
      reason: `${ended.agentName} has failed, ${next.agentName} takes over`,
    },
  };
}

/** An agent that asks another one by name gets its answer before anybody goes on. */
function insertAsked({ plan, ended, agents, canWork }: AdaptationSituation): AdaptedPlan | undefined {
  const others = agents.filter(({ name }) => name !== ended.agentName && canWork(name));
  const asked = findAddress(ended.output ?? '', others);
  const isPlanned = plan.steps.some(
    ({ agentName, status }) => agentName === asked?.name && status === 'pending',
  );
  // Two agents that keep asking each other would never come to an end.
  const hasSpoken = plan.steps.some(
    ({ agentName, status }) => agentName === asked?.name && status === 'completed',
  );
  if (asked === undefined || isPlanned || hasSpoken) return undefined;
  const inserted: PlanStep = {
    id: randomUUID(),
    agentName: asked.name,
    instruction: `${ended.agentName} asks you: ${ended.output ?? ''}`,
    dependsOn: [ended.id],
    status: 'pending',
  };
  return {
    steps: plan.steps.flatMap((step) =>
      step.id === ended.id ? [step, inserted] : [waitFor(step, ended.id, inserted.id)],
    ),
    adaptation: { kind: 'insert', confidence: 0.8, reason: `${ended.agentName} needs ${asked.name}` },
  };
}

/** What would only say the same again to the same agent is left out. */
function removeDone({ plan, ended }: AdaptationSituation): AdaptedPlan | undefined {
  if (ended.status !== 'completed') return undefined;
  const same = plan.steps.find(
    (step) =>
      step.status === 'pending' &&
      step.agentName === ended.agentName &&
      step.instruction === ended.instruction,
  );
  if (same === undefined) return undefined;
  return {
    steps: plan.steps.map((step) =>
      step.id === same.id ? { ...step, status: 'skipped' as const } : waitFor(step, same.id, ended.id),
    ),
    adaptation: { kind: 'remove', confidence: 0.95, reason: 'The same is done already' },
  };
}

/** Where the next agent is lost, what does not need it comes first. */
function reorderBlocked({ plan, canWork }: AdaptationSituation): AdaptedPlan | undefined {
  const pending = plan.steps.filter(({ status }) => status === 'pending');
  const [next] = pending;
  if (next === undefined || canWork(next.agentName)) return undefined;
  const free = pending.filter((step) => canWork(step.agentName) && !step.dependsOn.includes(next.id));
  const isFree = new Set(free.map(({ id }) => id));
  if (free.length === 0) return undefined;
  const rest = plan.steps.filter((step) => step.status === 'pending' && !isFree.has(step.id));
  const before = plan.steps.filter(({ status }) => status !== 'pending');
  return {
    steps: [...before, ...free, ...rest],
    adaptation: { kind: 'reorder', confidence: 0.8, reason: `${next.agentName} cannot work now` },
  };
}

function waitFor(step: PlanStep, before: string, instead: string): PlanStep {
  if (step.status !== 'pending' || !step.dependsOn.includes(before)) return step;
  return { ...step, dependsOn: step.dependsOn.map((id) => (id === before ? instead : id)) };
}
