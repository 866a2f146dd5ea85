import { makePlan, type Plan, type PlanProblem, type Proposal } from '../plan.ts';
import { type Header, parseHeader } from './parse-header.ts';
import { type Item, splitItems } from './split-items.ts';
import { titleOf } from './title-of.ts';

/** Which agents a goal may address, and who does what is addressed to nobody. */
export interface PlainPlannerOptions {
  readonly agents: readonly string[];
  readonly defaultAgent: string;
  readonly roles?: readonly string[];
}

type ParsedItem = Item & { readonly header: Header };

/** Turns a Markdown goal into tasks without a model: an item of its list is a task, a goal without a list is one. */
export function plainPlan(text: string, { agents, defaultAgent, roles = [] }: PlainPlannerOptions): Plan {
  const lines = linesOf(text);
  const items = (splitItems(lines) ?? [{ line: 1, text: lines.join('\n') }]).filter(
    (item) => item.text.trim() !== '',
  );
  if (items.length === 0) return { kind: 'refused', problems: [{ line: 1, message: 'The goal is empty' }] };
  const parsed = parseItems(items, roles);
  const problems = parsed.flatMap(problemsOf);
  const plan = makePlan(propose(parsed, defaultAgent), agents);
  if (problems.length === 0) return plan;
  return { kind: 'refused', problems: [...problems, ...(plan.kind === 'refused' ? plan.problems : [])] };
}

/** Whether a goal says itself what its tasks are: by a list, by words at its start that address somebody, or by marks. */
export function isExplicit(text: string): boolean {
  if (splitItems(linesOf(text)) !== null || text.includes('[[')) return true;
  const { agent, key, after } = parseHeader(text, () => true);
  return agent !== null || key !== null || after.length > 0;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

/** Reads every item twice: where a list of keys ends depends on which keys the goal has. */
function parseItems(items: readonly Item[], roles: readonly string[]): ParsedItem[] {
  const isRole = (word: string) => roles.includes(word);
  const first = items.map(({ text }) => parseHeader(text, () => true, isRole).key);
  const written = new Set(first);
  const automatic = new Set(first.map((key, index) => (key === null ? `t${index + 1}` : '')));
  return items.map((item) => ({
    ...item,
    header: parseHeader(item.text, (word) => written.has(word) || automatic.has(word), isRole),
  }));
}

function problemsOf({ line, header }: ParsedItem): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (header.strayAfter !== null) {
    const what =
      header.strayAfter === ''
        ? 'names no key'
        : `names [${header.strayAfter}], which no task of this goal has`;
    problems.push({ line, message: `after: ${what}` });
  }
  if (header.text === '') problems.push({ line, message: 'This item says who, but not what is to be done' });
  return problems;
}

function propose(items: readonly ParsedItem[], defaultAgent: string): Proposal[] {
  const taken = new Set(items.map(({ header }) => header.key));
  let number = 0;
  const nextKey = (position: number) => {
    const own = `t${position}`;
    if (!taken.has(own)) return own;
    do number += 1;
    while (taken.has(`t${number}`) || number <= items.length);
    return `t${number}`;
  };
  return items.map(({ line, header }, index) => ({
    line,
    key: header.key ?? nextKey(index + 1),
    title: titleOf(header.text),
    text: header.text,
    agent: header.agent ?? defaultAgent,
    ...(header.role === null ? {} : { role: header.role }),
    after: header.after,
  }));
}
