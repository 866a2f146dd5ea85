import type { DecisionOutcome } from './decision-log.ts';
import { fieldsOf } from './skill-index.ts';
import { toWords } from './words.ts';

const ALPHA = 0.3;
const DECAY = 0.95;
const PATTERN_AFTER = 3;
/** The most that what was learnt may add to or take from a score. */
const INFLUENCE = 0.2;
const TOPICS_LIMIT = 500;

type Experience = {
  readonly agentName: string;
  readonly topic: string;
  value: number;
  readonly count: number;
};
type Model = {
  readonly byTopic: Map<string, Experience>;
  satisfaction: number;
  interruptions: number;
  count: number;
};

/** What somebody's feedback was about. */
export type Lesson = {
  readonly userId: string;
  readonly agentName: string;
  readonly message: string;
  readonly outcome: DecisionOutcome;
};

/** What is known about a user. */
export type AdaptiveInsights = {
  readonly feedbackCount: number;
  /** 0 to 1, the latest counting most. */
  readonly satisfaction: number;
  readonly interruptionRate: number;
  /** What happened often enough to be expected again: with whom, about what, and how well it goes (-1 to 1). */
  readonly patterns: readonly {
    readonly agentName: string;
    readonly topic: string;
    readonly value: number;
    readonly count: number;
  }[];
};

/** Learns from what came of decisions, for each user apart, which agents serve them well for what. */
export class FeedbackLearner {
  readonly #models = new Map<string, Model>();

  learn({ userId, agentName, message, outcome }: Lesson): void {
    const model = this.#model(userId);
    const { success, satisfaction = success ? 1 : 0, interruptions = 0 } = outcome;
    model.satisfaction = model.count === 0 ? satisfaction : mix(model.satisfaction, satisfaction);
    model.interruptions = mix(model.interruptions, interruptions > 0 ? 1 : 0);
    model.count += 1;
    // What is not confirmed fades.
    for (const experience of model.byTopic.values()) experience.value *= DECAY;
    for (const topic of topicsOf(message))
      confirm(model.byTopic, { agentName, topic, value: satisfaction * 2 - 1 });
  }

  /** By how much an agent's score changes for this user and message; 0 before there is a pattern. */
  adjust({ userId, agentName, message }: Omit<Lesson, 'outcome'>): number {
    const model = this.#models.get(userId);
    if (model === undefined) return 0;
    const known = [...topicsOf(message)].flatMap(
      (topic) => model.byTopic.get(JSON.stringify([agentName, topic])) ?? [],
    );
    const patterns = known.filter(({ count }) => count >= PATTERN_AFTER);
    if (patterns.length === 0) return 0;
    return (patterns.reduce((sum, { value }) => sum + value, 0) / patterns.length) * INFLUENCE;
  }

  insights(userId: string): AdaptiveInsights {
    const model = this.#models.get(userId);
    if (model === undefined) return { feedbackCount: 0, satisfaction: 0, interruptionRate: 0, patterns: [] };
    const patterns = [...model.byTopic.values()]
      .filter(({ count }) => count >= PATTERN_AFTER)
      .map((pattern) => ({ ...pattern }));
    const { count, satisfaction, interruptions } = model;
    return { feedbackCount: count, satisfaction, interruptionRate: interruptions, patterns };
  }

  #model(userId: string): Model {
    const known = this.#models.get(userId) ?? {
      byTopic: new Map(),
      satisfaction: 0,
      interruptions: 0,
      count: 0,
    };
    this.#models.set(userId, known);
    return known;
  }
}

function confirm(
  byTopic: Map<string, Experience>,
  { agentName, topic, value }: Omit<Experience, 'count'>,
): void {
  const key = JSON.stringify([agentName, topic]);
  const known = byTopic.get(key) ?? { value: 0, count: 0 };
  byTopic.delete(key);
  byTopic.set(key, { agentName, topic, value: mix(known.value, value), count: known.count + 1 });
  const [oldest] = byTopic.keys();
  if (byTopic.size > TOPICS_LIMIT && oldest !== undefined) byTopic.delete(oldest);
}

function mix(before: number, now: number): number {
  return before * (1 - ALPHA) + now * ALPHA;
}

function topicsOf(message: string): ReadonlySet<string> {
  const words = toWords(message);
  const fields = words.flatMap((word) => [...fieldsOf(word)]);
  return new Set(fields.length > 0 ? fields : words);
}
