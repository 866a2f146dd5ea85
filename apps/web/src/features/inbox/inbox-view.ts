import type { Decision, Task } from '@thalogos/contracts';
import type { ListedConflict } from '../../lib/use-conflicts.ts';

/** One thing in the inbox. */
export type InboxItem =
  | {
      readonly kind: 'decision';
      readonly id: string;
      readonly decision: Decision;
      readonly task: Task | null;
    }
  | { readonly kind: 'conflict'; readonly id: string; readonly conflict: ListedConflict }
  | { readonly kind: 'review' | 'failed'; readonly id: string; readonly task: Task };

/** The sections of the inbox, in the order in which they are shown. */
export const SECTIONS = [
  { id: 'decide', title: 'Needs your decision', chip: 'Decide' },
  { id: 'questions', title: 'Questions', chip: 'Questions' },
  { id: 'conflicts', title: 'Conflicts', chip: 'Conflicts' },
  { id: 'review', title: 'Ready to review', chip: 'Review' },
  { id: 'failed', title: 'Failed', chip: 'Failed' },
] as const;

/** The name of a section. */
export type SectionId = (typeof SECTIONS)[number]['id'];

/** The inbox by section, oldest first: whoever waited longest comes first. */
export type Inbox = Readonly<Record<SectionId, readonly InboxItem[]>>;

function sectionOf(kind: Decision['kind']): SectionId {
  if (kind === 'question') return 'questions';
  if (kind === 'conflict') return 'conflicts';
  return kind === 'failure' ? 'failed' : 'decide';
}

/** Sorts what waits for the person into sections; what is settled is left out. */
export function sortInbox(
  decisions: readonly Decision[],
  tasks: readonly Task[],
  conflicts: readonly ListedConflict[],
): Inbox {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const open = decisions.filter((one) => one.state === 'open').toSorted((a, b) => a.createdAt - b.createdAt);
  const asked = (section: SectionId): InboxItem[] =>
    open
      .filter((one) => sectionOf(one.kind) === section)
      .map((decision) => ({
        kind: 'decision',
        id: decision.id,
        decision,
        task: decision.task === null ? null : (byId.get(decision.task) ?? null),
      }));
  // A failure that is asked about is one thing to settle, not two.
  const askedAbout = new Set(
    open.flatMap(({ kind, task }) => (kind === 'failure' && task !== null ? [task] : [])),
  );
  const of = (kind: 'review' | 'failed', states: readonly Task['state'][]): InboxItem[] =>
    tasks
      .filter((task) => states.includes(task.state) && !askedAbout.has(task.id))
      .toSorted((a, b) => a.since - b.since)
      .map((task) => ({ kind, id: task.id, task }));
  return {
    decide: asked('decide'),
    questions: asked('questions'),
    conflicts: [
      ...asked('conflicts'),
      ...conflicts.map((conflict): InboxItem => ({ kind: 'conflict', id: conflict.id, conflict })),
    ],
    review: of('review', ['review']),
    failed: [...asked('failed'), ...of('failed', ['failed', 'interrupted'])],
  };
}

/** One way to answer. */
export type Option = Decision['options'][number];

/** The answers of a decision by what they do; a question's are all alike. */
export interface Answers {
  readonly allow: Option | null;
  readonly remember: Option | null;
  readonly deny: Option | null;
  readonly others: readonly Option[];
}

const ALLOWS: ReadonlySet<string> = new Set(['allow', 'trust', 'approve', 'accept', 'yes']);
const DENIES: ReadonlySet<string> = new Set(['deny', 'decline', 'reject', 'no', 'cancel']);

/** Sorts a decision's answers; `a` takes `allow`, `A` takes `remember`, `x` takes `deny`. */
export function sortAnswers(decision: Decision): Answers {
  if (decision.kind === 'question')
    return { allow: null, remember: null, deny: null, others: decision.options };
  const allow = decision.options.find((option) => ALLOWS.has(option.id)) ?? null;
  const deny = decision.options.find((option) => DENIES.has(option.id)) ?? null;
  const remember = decision.options.find((option) => /^(allow|approve)-\w/.test(option.id)) ?? null;
  return {
    allow,
    remember,
    deny,
    others: decision.options.filter((option) => option !== allow && option !== deny && option !== remember),
  };
}

/** What a decision is about, in a word. */
export const KIND_WORDS: Readonly<Record<Decision['kind'], string>> = {
  question: 'asks a question',
  command: 'wants to run a command',
  edit: 'wants to change files',
  mcp: 'wants to use a tool',
  trust: 'the project file wants to run commands',
  conflict: 'two results conflict',
  failure: 'could not go on',
  silence: 'gives no sign of life',
};

/** What happens when nobody answers. */
export function withoutAnswer(decision: Decision): string {
  const fallback = decision.options.find((option) => option.id === decision.default);
  return fallback === undefined ? 'it waits, nothing is lost' : `then: ${fallback.label}`;
}

/** Whether a detail is a diff. */
export function isDiff(detail: string): boolean {
  return /^@@ -\d/m.test(detail);
}

/** The results that were looked at as they are now, by the tree that was on the screen then. */
export function lookedAt(tasks: readonly Task[], trees: readonly (string | null)[]): readonly Task[] {
  return tasks.filter(({ tree }, index) => tree !== null && tree === trees[index]);
}
