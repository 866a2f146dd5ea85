export { evaluateRouter, type RouterEvaluation } from './evaluate-router.ts';
export { HELD_OUT_SET } from './held-out-set.ts';
export { type EvaluationCase, EVALUATION_TEAMS, type EvaluationTeam } from './teams.ts';
export { TUNING_SET } from './tuning-set.ts';
