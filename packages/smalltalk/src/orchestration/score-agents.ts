import type { AgentComplexity } from '../types/agent.ts';
import type { RoutingCandidate, RoutingRequest } from '../types/agent-router.ts';
import { fieldsOf, tasksOf } from './skill-index.ts';
import { toStem, toWords } from './words.ts';

/** How much each part of a score counts. */
export const SKILL_WEIGHTS = { expertise: 0.4, complexity: 0.25, taskType: 0.2, tools: 0.1, context: 0.05 };

/** How well an agent's skills fit a message, part by part; each 0 to 1. */
export type SkillBreakdown = Readonly<Record<keyof typeof SKILL_WEIGHTS, number>>;

/** How well one agent fits, and why. */
export type SkillScore = {
  readonly agentName: string;
  /** 0 to 1. */
  readonly score: number;
  readonly breakdown: SkillBreakdown;
  readonly reasoning: string;
};

type Profile = {
  readonly candidate: RoutingCandidate;
  /** What it says of itself, by how much each word counts. */
  readonly words: ReadonlyMap<string, number>;
  /** The fields those words belong to, by how much of what it says they make up. */
  readonly fields: ReadonlyMap<string, number>;
};

const LEVELS: readonly AgentComplexity[] = ['basic', 'intermediate', 'advanced', 'expert'];
/** So much in favour of somebody counts as all that can be said: half of one word that they use of themselves. */
const ENOUGH = 0.5;
/** Of the fields that a word of a message shares with an agent; the word itself counts 1. */
const FIELD_SHARE = 0.8;

/** Scores everyone who could answer, the best first: words, the fields they belong to, the work asked for, the context. */
export function scoreAgents(request: RoutingRequest): SkillScore[] {
  const profiles = request.agents.map(toProfile);
  const words = [...new Set(toWords(request.message))];
  const matches = profiles.map((profile) => words.map((word) => matchWord(word, profile)));
  const rarity = words.map((_, index) => rarityOf(matches.map((row) => row[index] ?? 0)));
  const raw = matches.map((row) => row.reduce((sum, match, index) => sum + match * (rarity[index] ?? 0), 0));
  const best = Math.max(...raw, ENOUGH);
  const tasks = tasksOf(request.message);
  return profiles
    .map(({ candidate }, index) =>
      scoreOne({ request, candidate, expertise: (raw[index] ?? 0) / best, tasks }),
    )
    .toSorted((one, other) => other.score - one.score);
}

function scoreOne(parts: {
  request: RoutingRequest;
  candidate: RoutingCandidate;
  expertise: number;
  tasks: ReadonlySet<string>;
}): SkillScore {
  const { request, candidate, expertise, tasks } = parts;
  const { name, capabilities } = candidate;
  const breakdown: SkillBreakdown = {
    expertise,
    complexity:
      1 - Math.abs(levelOf(request.message) - LEVELS.indexOf(capabilities.complexity)) / LEVELS.length,
    taskType: share(capabilities.taskTypes, (type) => tasks.has(toStem(type.toLowerCase()))),
    tools: share(capabilities.tools, (tool) => request.message.toLowerCase().includes(tool.toLowerCase())),
    context: contextOf(request, candidate),
  };
  const score =
    breakdown.expertise * SKILL_WEIGHTS.expertise +
    breakdown.complexity * SKILL_WEIGHTS.complexity +
    breakdown.taskType * SKILL_WEIGHTS.taskType +
    breakdown.tools * SKILL_WEIGHTS.tools +
    breakdown.context * SKILL_WEIGHTS.context;
  return { agentName: name, score, breakdown, reasoning: describe(breakdown) };
}

function toProfile(candidate: RoutingCandidate): Profile {
  const { name, capabilities } = candidate;
  const words = new Map<string, number>();
  const add = (texts: readonly string[], weight: number) => {
    for (const word of texts.flatMap(toWords)) words.set(word, Math.max(weight, words.get(word) ?? 0));
  };
  add(capabilities.personalityTraits, 0.2);
  add(capabilities.tools, 0.5);
  add(capabilities.taskTypes, 0.4);
  add([name], 0.7);
  add(capabilities.expertise, 1);
  const fields = new Map<string, number>();
  for (const [word, weight] of words) {
    const shared = [...fieldsOf(word)];
    for (const field of shared) fields.set(field, (fields.get(field) ?? 0) + weight / shared.length);
  }
  const most = Math.max(...fields.values(), 1);
  return { candidate, words, fields: new Map([...fields].map(([field, sum]) => [field, sum / most])) };
}

/** How much a word of the message speaks for an agent, 0 to 1. */
function matchWord(word: string, { words, fields }: Profile): number {
  const same = words.get(word);
  if (same !== undefined) return same;
  const similar = [...words].filter(([known]) => areAlike(word, known)).map(([, weight]) => weight * 0.8);
  const own = [...fieldsOf(word)];
  const shared = own.map((field) => (fields.get(field) ?? 0) * FIELD_SHARE);
  return Math.max(0, ...similar, ...shared);
}

/** Words that begin alike are mostly of one family: `nutrient` and `nutrition`. */
function areAlike(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return length >= 5 && one.slice(0, Math.max(5, length - 2)) === other.slice(0, Math.max(5, length - 2));
}

/** What speaks for everyone tells nobody apart. */
function rarityOf(matches: readonly number[]): number {
  const strongest = Math.max(...matches);
  if (strongest === 0) return 0;
  const average = matches.reduce((sum, match) => sum + match, 0) / matches.length;
  return matches.length === 1 ? 1 : (strongest - average) / strongest;
}

function levelOf(message: string): number {
  const words = message.split(/\s+/).length;
  if (/\b(simple|quick|basic|briefly)\b/i.test(message)) return 0;
  if (/\b(complex|in depth|in detail|advanced|thorough|expert)\b/i.test(message)) return 3;
  return words > 60 ? 2 : 1;
}

function contextOf({ currentAgent, history, message }: RoutingRequest, { name }: RoutingCandidate): number {
  if (currentAgent !== name) return 0;
  return history.length > 0 && toWords(message).length < 3 ? 1 : 0.5;
}

function share<T>(all: readonly T[], isMet: (each: T) => boolean): number {
  return all.some(isMet) ? 1 : 0;
}

function describe(breakdown: SkillBreakdown): string {
  const parts = Object.entries(breakdown).filter(([, value]) => value > 0);
  return parts.map(([name, value]) => `${name} ${value.toFixed(2)}`).join(', ');
}
