import type { ChatLink, Task, TaskState } from '@thalogos/contracts';
import { type GuideAnswer, type GuideFacts, taskLink } from './guide-facts.ts';

/** How many things one answer names. */
const MOST = 8;

/** A way to answer, and the words by which it is asked for. */
interface Topic {
  readonly asked: RegExp;
  readonly answer: (facts: GuideFacts) => GuideAnswer;
}

/**
 * Answers a question about the state of the work from the read models alone: exact, at once, without a model.
 *
 * Null for a question that it does not understand.
 */
export function answerPlainly(question: string, facts: GuideFacts): GuideAnswer | null {
  const named = taskNamedIn(question, facts.tasks);
  if (named !== null) return describeTask(named, facts);
  return TOPICS.find(({ asked }) => asked.test(question))?.answer(facts) ?? null;
}

const TOPICS: readonly Topic[] = [
  {
    asked: /\b(last|latest|newest) (save|checkpoint)|\b(saved|landed)\b|\bcheckpoints?\b/i,
    answer: sayLastSave,
  },
  { asked: /\bconflict(s|ed|ing)?\b|\bcollide/i, answer: sayConflicts },
  { asked: /\bfail(s|ed|ure|ures|ing)?\b|\b(went|go) wrong\b|\berrors?\b|\bbroke(n)?\b/i, answer: sayFailed },
  {
    asked: /\bwait(s|ed|ing)?\b|\bneeds?\b|\bblock(s|ed|ing)?\b|\bstuck\b|\bfor me\b|\bmy (turn|answer)\b/i,
    answer: sayWaiting,
  },
  { asked: /\brunning\b|\bworking\b|\bat work\b|\bdoing\b|\bbusy\b|\bin progress\b/i, answer: sayRunning },
  { asked: /\bcosts?\b|\btokens?\b|\bspent\b|\bexpensive\b|\bdollars?\b/i, answer: sayCost },
  {
    asked:
      /\bstatus\b|\bhow far\b|\bstands?\b|\b(is|are) (it|we|they|all|everything) (done|ready|finished)\b|\b(left|remains?)\b|\bprogress\b/i,
    answer: sayStatus,
  },
];

/** The one task that a question names by its id, or by its whole title; null where that is none or several. */
function taskNamedIn(question: string, tasks: readonly Task[]): Task | null {
  const words = question.toLowerCase();
  const byId = tasks.filter(({ id }) => words.includes(id));
  const byTitle = tasks.filter(({ title }) => title.length >= 6 && words.includes(title.toLowerCase()));
  const found = byId.length > 0 ? byId : byTitle;
  return found.length === 1 ? (found[0] ?? null) : null;
}

function describeTask(task: Task, { tasks }: GuideFacts): GuideAnswer {
  const before = task.after.flatMap((id) => tasks.find((one) => one.id === id) ?? []);
  const parts = [
    `${task.title} is ${WORDS[task.state]}${task.reason === null ? '' : `: ${task.reason}`}.`,
    `${task.agent} ${task.runs === 0 ? 'has not begun it' : `has had ${count(task.runs, 'run')} at it`}.`,
    task.files.changed === 0 ? null : `It changed ${count(task.files.changed, 'file')}.`,
    before.length === 0
      ? null
      : `It waits for ${before.map(({ title, state }) => `${title} (${WORDS[state]})`).join(', ')}.`,
    task.lastLine === null ? null : `Its last line: ${task.lastLine}`,
  ];
  const text = parts.filter((part) => part !== null).join(' ');
  return { text, links: [task, ...before].slice(0, MOST).map(taskLink) };
}

function sayLastSave({ timeline }: GuideFacts): GuideAnswer {
  const last = timeline.find(({ kind }) => kind === 'save');
  const failed =
    timeline[0]?.kind === 'failed' ? ` The newest attempt did not land: ${timeline[0].summary}` : '';
  if (last === undefined) return { text: `Nothing has been saved yet.${failed}`, links: [] };
  const what = last.tasks.map(({ title, agent }) => `${title} (${agent})`);
  const undone = last.undoneBy === null ? '' : ` It was undone by ${last.undoneBy}.`;
  return {
    text: `The last Save is ${last.tag ?? 'without a tag'}, by ${last.by}. It holds ${list(what)}, ${count(last.files, 'file')} in all.${undone}${failed}`,
    links: [{ to: 'timeline', id: last.tag, label: last.tag ?? 'Timeline' }],
  };
}

function sayConflicts({ conflicts }: GuideFacts): GuideAnswer {
  if (conflicts.length === 0) return { text: 'There is no open conflict.', links: [] };
  return {
    text: `${count(conflicts.length, 'conflict')} ${conflicts.length === 1 ? 'waits' : 'wait'} for you: ${list(conflicts.map(({ path }) => path))}.`,
    links: conflicts.slice(0, MOST).map(({ id, path }): ChatLink => ({ to: 'conflict', id, label: path })),
  };
}

function sayFailed({ tasks, timeline }: GuideFacts): GuideAnswer {
  const failed = inStates(tasks, 'failed', 'interrupted');
  const save = timeline[0]?.kind === 'failed' ? timeline[0] : null;
  const ofSave = save === null ? '' : ` The last Save did not land: ${save.summary}`;
  if (failed.length === 0) return { text: `No task has failed.${ofSave}`, links: [] };
  const lines = failed
    .slice(0, MOST)
    .map(({ title, reason }) => `- ${title}: ${reason ?? 'no reason was given'}`);
  return {
    text: `${count(failed.length, 'task')} ${failed.length === 1 ? 'is' : 'are'} not done:\n\n${lines.join('\n')}${ofSave === '' ? '' : `\n\n${ofSave.trim()}`}`,
    links: failed.slice(0, MOST).map(taskLink),
  };
}

function sayWaiting(facts: GuideFacts): GuideAnswer {
  const { tasks, decisions, proposed, conflicts } = facts;
  const review = inStates(tasks, 'review');
  const approved = inStates(tasks, 'approved');
  const held = inStates(tasks, 'blocked', 'queued');
  const lines = [
    ...decisions.map(({ summary }) => `- To answer: ${summary}`),
    ...proposed.map(({ text }) => `- A plan to accept: ${firstLine(text)}`),
    ...conflicts.map(({ path }) => `- A conflict to settle: ${path}`),
    ...review.map(({ title }) => `- To review: ${title}`),
    ...(approved.length === 0 ? [] : [`- To save: ${count(approved.length, 'approved task')}`]),
    ...held.map(
      ({ title, reason }) => `- ${title} waits${reason === null ? ' for its turn' : `: ${reason}`}`,
    ),
  ];
  if (lines.length === 0) return { text: 'Nothing waits.', links: [] };
  const more = lines.length > MOST ? `\n- and ${lines.length - MOST} more` : '';
  const links: ChatLink[] = [
    ...(decisions.length === 0 ? [] : [{ to: 'inbox' as const, id: null, label: 'Inbox' }]),
    ...conflicts.map(({ id, path }): ChatLink => ({ to: 'conflict', id, label: path })),
    ...[...review, ...held].map(taskLink),
  ];
  return { text: `What waits:\n\n${lines.slice(0, MOST).join('\n')}${more}`, links: links.slice(0, MOST) };
}

function sayRunning({ tasks }: GuideFacts): GuideAnswer {
  const running = inStates(tasks, 'running', 'waiting');
  if (running.length === 0) return { text: 'Nobody is at work.', links: [] };
  const lines = running
    .slice(0, MOST)
    .map(({ title, agent, lastLine }) => `- ${agent}: ${title}${lastLine === null ? '' : ` (${lastLine})`}`);
  return { text: `At work:\n\n${lines.join('\n')}`, links: running.slice(0, MOST).map(taskLink) };
}

function sayCost({ tasks }: GuideFacts): GuideAnswer {
  const told = tasks.flatMap(({ cost }) => cost ?? []);
  if (told.length === 0) return { text: 'No agent has reported what it used.', links: [] };
  const tokens = told.reduce((sum, cost) => sum + cost.tokens, 0);
  const usd = told.reduce((sum, cost) => sum + (cost.usd ?? 0), 0);
  const money = told.some((cost) => cost.usd !== null)
    ? `, ${usd.toFixed(2)} US dollars where that is told`
    : '';
  const silent = tasks.length - told.length;
  const rest = silent === 0 ? '' : ` ${count(silent, 'task')} reported nothing.`;
  return {
    text: `${tokens.toLocaleString('en')} tokens in ${count(told.length, 'task')}${money}.${rest}`,
    links: [],
  };
}

function sayStatus({ tasks, decisions }: GuideFacts): GuideAnswer {
  if (tasks.length === 0) return { text: 'No tasks yet.', links: [] };
  const states = new Map<TaskState, number>();
  for (const { state } of tasks) states.set(state, (states.get(state) ?? 0) + 1);
  const counts = [...states].map(([state, number]) => `${number} ${WORDS[state]}`);
  const open =
    decisions.length === 0
      ? 'Nothing waits for your answer.'
      : `${count(decisions.length, 'question')} for you.`;
  return { text: `${list(counts)}. ${open}`, links: [{ to: 'graph', id: null, label: 'Graph' }] };
}

const WORDS: Readonly<Record<TaskState, string>> = {
  planned: 'planned',
  queued: 'queued',
  blocked: 'blocked',
  running: 'running',
  waiting: 'waiting for you',
  stopped: 'stopped',
  interrupted: 'interrupted',
  failed: 'failed',
  review: 'in review',
  approved: 'approved',
  rejected: 'rejected',
  saved: 'saved',
  cancelled: 'cancelled',
};

function inStates(tasks: readonly Task[], ...states: readonly TaskState[]): readonly Task[] {
  return tasks.filter(({ state }) => states.includes(state));
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, MOST);
  const rest = words.length > MOST ? [`${words.length - MOST} more`] : [];
  return [...shown, ...rest].join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}

function firstLine(text: string): string {
  return (/\S[^\n]*/.exec(text)?.[0] ?? '').slice(0, 120);
}
