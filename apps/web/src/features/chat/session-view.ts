import type { Decision, Goal, Session, SessionState, Task } from '@thalogos/contracts';
import type { ListedConflict } from '../../lib/use-conflicts.ts';
import { formatNoun } from '../../lib/format.ts';
import { LOOK_WORDS, type StateLook, TASK_LOOKS } from '../../ui/task-look.ts';
import { goalTitle } from '../../ui/goal-title.ts';

/** The session that a project works in: the one that is not closed; the last one where all are. */
export function currentSession(sessions: readonly Session[]): Session | null {
  const newestFirst = sessions.toSorted((a, b) => b.createdAt - a.createdAt);
  return newestFirst.find((one) => one.state !== 'finalized') ?? newestFirst[0] ?? null;
}

/** Whether something can still be said in a session. */
export function isOpen(session: Session | null): session is Session {
  return session !== null && session.state !== 'finalized';
}

/** What a session's state is called, and how it looks. */
export const SESSION_LOOKS: Readonly<
  Record<SessionState, { readonly look: StateLook; readonly word: string }>
> = {
  draft: { look: 'queued', word: 'Draft' },
  active: { look: 'running', word: 'Active' },
  awaiting_review: { look: 'waiting', word: 'Awaits you' },
  suspended: { look: 'blocked', word: 'Suspended' },
  finalized: { look: 'saved', word: 'Closed' },
};

/** How many tasks look alike. */
export interface TaskCount {
  readonly look: StateLook;
  readonly word: string;
  readonly count: number;
}

const ORDER: readonly StateLook[] = [
  'waiting',
  'running',
  'review',
  'ready',
  'queued',
  'blocked',
  'failed',
  'saved',
  'cancelled',
];

/** Tasks counted by how they look, what needs a person first; empty ones left out. */
export function countTasks(tasks: readonly Task[]): readonly TaskCount[] {
  return ORDER.map((look) => ({
    look,
    word: LOOK_WORDS[look],
    count: tasks.filter((task) => task.state !== 'planned' && TASK_LOOKS[task.state].look === look).length,
  })).filter((one) => one.count > 0);
}

/** One thing that waits for the person, and where it is settled. */
export interface Need {
  readonly key: string;
  readonly look: StateLook;
  /** What it waits for, in a word or two. */
  readonly word: string;
  readonly text: string;
  readonly agent: string | null;
  readonly to:
    | { readonly kind: 'inbox' | 'mission' | 'save' }
    | { readonly kind: 'conflict'; readonly conflict: string }
    | { readonly kind: 'review' | 'task'; readonly task: string };
}

/** What the needs of a person are read from. */
export interface NeedFacts {
  readonly decisions: readonly Decision[];
  readonly goals: readonly Goal[];
  readonly tasks: readonly Task[];
  /** Those that nobody has settled. */
  readonly conflicts: readonly ListedConflict[];
}

function ofConflicts(conflicts: readonly ListedConflict[]): Need[] {
  return conflicts.map(({ id, path, ours, theirs }) => ({
    key: id,
    look: 'conflict',
    word: path,
    text: `${ours.title} and ${theirs.title} collide`,
    agent: null,
    to: { kind: 'conflict', conflict: id },
  }));
}

function ofTasks(tasks: readonly Task[], state: Task['state'], is: Pick<Need, 'look' | 'word'>): Need[] {
  const kind = state === 'review' ? 'review' : 'task';
  return tasks
    .filter((task) => task.state === state)
    .map((task) => ({
      ...is,
      key: task.id,
      text: task.title,
      agent: task.agent,
      to: { kind, task: task.id },
    }));
}

/** What needs the person now: decisions, a plan to start, conflicts, results to review, what failed, what can be saved. */
export function needsMe({ decisions, goals, tasks, conflicts }: NeedFacts): readonly Need[] {
  const agentOf = new Map(tasks.map((task) => [task.id, task.agent]));
  const asked = decisions
    .filter((one) => one.state === 'open')
    .map((one): Need => {
      const agent = one.task === null ? null : (agentOf.get(one.task) ?? null);
      const words = { look: 'waiting', word: 'Waits for you', text: one.summary } as const;
      return { ...words, key: one.id, agent, to: { kind: 'inbox' } };
    });
  const plans = goals
    .filter((goal) => goal.state === 'proposed')
    .map((goal): Need => {
      const words = {
        look: 'waiting',
        word: 'Look and start it',
        text: `Plan: ${goalTitle(goal.text)}`,
      } as const;
      return { ...words, key: goal.id, agent: 'Guide', to: { kind: 'mission' } };
    });
  const ready = tasks.filter((task) => task.state === 'approved').length;
  const words = { look: 'ready', word: 'Save', text: `${formatNoun(ready, 'task')} can be saved` } as const;
  const savable: Need[] = ready === 0 ? [] : [{ ...words, key: 'save', agent: null, to: { kind: 'save' } }];
  return [
    ...asked,
    ...plans,
    ...ofConflicts(conflicts),
    ...ofTasks(tasks, 'review', { look: 'review', word: 'To review' }),
    ...ofTasks(tasks, 'failed', { look: 'failed', word: 'Failed' }),
    ...ofTasks(tasks, 'interrupted', { look: 'failed', word: 'Interrupted' }),
    ...savable,
  ];
}
