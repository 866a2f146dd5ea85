import { randomUUID } from 'node:crypto';
import type { PlanStep } from '../types/execution-plan.ts';
import type { RoutingDecision, RoutingRequest } from '../types/agent-router.ts';
import { PATTERN_AGENTS, type WorkShape } from './choose-pattern.ts';

/** Chooses the agent of one part. */
export type ChoosePart = (request: RoutingRequest) => Promise<RoutingDecision>;

/** Makes the steps of a pattern, each with the agent that fits it and what it waits for. */
export function planSteps(
  shape: WorkShape,
  request: RoutingRequest,
  choose: ChoosePart,
): Promise<readonly PlanStep[]> {
  switch (shape.pattern) {
    case 'specialist-consultation':
    case 'sequential-handoff':
      return planSequence(shape, request, choose);
    case 'parallel-synthesis':
      return planParallel(request, choose);
    case 'debate-discussion':
      return planDebate(request, choose);
    case 'review-refinement':
      return planReview(request, choose);
  }
}

async function planSequence({ parts }: WorkShape, request: RoutingRequest, choose: ChoosePart) {
  const steps: PlanStep[] = [];
  for (const part of parts) {
    const decision = await choose({ ...request, message: part });
    const before = steps.at(-1);
    steps.push(makeStep(decision.agentName, part, before === undefined ? [] : [before], decision.id));
  }
  return steps;
}

async function planParallel(request: RoutingRequest, choose: ChoosePart) {
  const decision = await choose(request);
  const names = bestOf(decision, PATTERN_AGENTS['parallel-synthesis']);
  const views = names.map((name) => makeStep(name, request.message, [], decision.id));
  const synthesis = makeStep(
    decision.agentName,
    `Bring the views above together into one answer to: ${request.message}`,
    views,
    decision.id,
  );
  return [...views, synthesis];
}

async function planDebate(request: RoutingRequest, choose: ChoosePart) {
  const decision = await choose(request);
  const [first = decision.agentName, second = first, judge = first] = bestOf(
    decision,
    PATTERN_AGENTS['debate-discussion'],
  );
  const position = makeStep(first, `Argue for your view of: ${request.message}`, [], decision.id);
  const reply = makeStep(
    second,
    `Argue against what was said about: ${request.message}`,
    [position],
    decision.id,
  );
  const verdict = makeStep(
    judge,
    `Weigh both sides and answer: ${request.message}`,
    [position, reply],
    decision.id,
  );
  return [position, reply, verdict];
}

async function planReview(request: RoutingRequest, choose: ChoosePart) {
  const decision = await choose(request);
  const author = decision.agentName;
  const others = request.agents.filter(({ name }) => name !== author);
  const asReview = `Review and criticize this: ${request.message}`;
  const review = await choose({ ...request, message: asReview, agents: others });
  const draft = makeStep(author, request.message, [], decision.id);
  const critique = makeStep(review.agentName, asReview, [draft], review.id);
  const final = makeStep(author, 'Improve your draft by the review above.', [draft, critique], decision.id);
  return [draft, critique, final];
}

/** The chosen agent first, then the next best. */
function bestOf({ agentName, candidates }: RoutingDecision, count: number): readonly string[] {
  const others = candidates.map((each) => each.agentName).filter((name) => name !== agentName);
  return [agentName, ...others].slice(0, count);
}

function makeStep(
  agentName: string,
  instruction: string,
  ...[waitsFor, decisionId]: [waitsFor: readonly PlanStep[], decisionId: string]
): PlanStep {
  const dependsOn = waitsFor.map(({ id }) => id);
  return { id: randomUUID(), agentName, instruction, dependsOn, status: 'pending', decisionId };
}
