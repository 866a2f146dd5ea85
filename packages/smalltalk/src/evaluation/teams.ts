import type { AgentCapabilities } from '../types/agent.ts';
import type { RoutingCandidate } from '../types/agent-router.ts';

function member(name: string, expertise: string, taskTypes: string): RoutingCandidate {
  const capabilities: AgentCapabilities = {
    expertise: expertise.split(', '),
    taskTypes: taskTypes.split(', '),
    tools: [],
    personalityTraits: [],
    complexity: 'advanced',
    contextAwareness: 0.8,
    collaborationStyle: 'collaborative',
  };
  return { name, capabilities };
}

/** The teams among whose members an agent is chosen. */
export const EVALUATION_TEAMS = {
  software: [
    member('Architect', 'software architecture, system design, scalability', 'design, planning'),
    member('Frontend', 'react, css, browser, user interface, accessibility', 'implementation'),
    member('Backend', 'node, databases, sql, api, server', 'implementation, debugging'),
    member('Tester', 'testing, quality assurance, test automation', 'testing, verification'),
    member('Security', 'security, authentication, encryption, vulnerabilities', 'audit'),
    member('DevOps', 'deployment, docker, kubernetes, monitoring, continuous integration', 'operations'),
    member('Docs', 'technical writing, documentation, tutorials', 'writing, explanation'),
  ],
  research: [
    member('Researcher', 'literature research, sources, fact finding', 'research, investigation'),
    member('Writer', 'writing, storytelling, style', 'writing, summarization'),
    member('Reviewer', 'peer review, critique, logical consistency', 'review, feedback'),
    member('Statistician', 'statistics, data analysis, experiments', 'analysis, calculation'),
  ],
  clinic: [
    member('Anatomist', 'anatomy, bones, muscles, organs', 'explanation'),
    member('Pharmacologist', 'drugs, dosage, side effects, interactions', 'explanation, calculation'),
    member('Cardiologist', 'heart, blood pressure, circulation', 'diagnosis'),
    member('Dietitian', 'nutrition, diet, vitamins', 'advice'),
    member('ExamCoach', 'exam preparation, study plans, quizzes', 'coaching, planning'),
  ],
  company: [
    member('Strategist', 'business strategy, competition, growth', 'planning, decision'),
    member('Finance', 'finance, budget, accounting, cash flow', 'calculation, forecast'),
    member('Marketing', 'marketing, branding, campaigns, social media', 'promotion'),
    member('Legal', 'contracts, compliance, law, privacy', 'audit, review'),
    member('People', 'hiring, employees, culture, training', 'coaching'),
  ],
  household: [
    member('Chef', 'cooking, recipes, baking, ingredients', 'advice'),
    member('Traveller', 'travel, flights, hotels, sightseeing', 'planning'),
    member('Trainer', 'fitness, exercise, strength training, running', 'coaching'),
    member('Gardener', 'plants, garden, soil, pests', 'advice'),
    member('Mechanic', 'cars, engine, repair, brakes', 'debugging, repair'),
  ],
  languages: [
    member('Grammarian', 'grammar, tenses, sentence structure', 'explanation, correction'),
    member('Phonetician', 'pronunciation, accent, intonation', 'coaching'),
    member('Lexicographer', 'vocabulary, idioms, word meaning', 'explanation'),
    member('Translator', 'translation, localization', 'translation'),
    member('CultureGuide', 'culture, customs, etiquette', 'explanation'),
  ],
  data: [
    member('DataEngineer', 'data pipelines, etl, warehouses, streaming', 'implementation'),
    member('Analyst', 'dashboards, reporting, metrics, visualization', 'analysis'),
    member('MlEngineer', 'machine learning, neural networks, model training', 'modelling'),
    member('Governance', 'data privacy, data quality, lineage', 'audit'),
  ],
} as const satisfies Record<string, readonly RoutingCandidate[]>;

/** One of the teams. */
export type EvaluationTeam = keyof typeof EVALUATION_TEAMS;

/** A message, and who may answer it without anyone wondering. */
export type EvaluationCase = {
  readonly team: EvaluationTeam;
  readonly message: string;
  readonly apt: readonly string[];
};
