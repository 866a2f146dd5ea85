import { ThalogosEvent, type ThalogosEventType } from '@thalogos/contracts';
import { formatSequence } from '../../lib/format.ts';
import { goalTitle } from '../../ui/goal-title.ts';
import { type StateLook, TASK_LOOKS } from '../../ui/task-look.ts';

/** Kinds of events that people look for, by what the types of each begin with; the last one is whatever else there is. */
export const EVENT_KINDS = [
  { id: 'tasks', title: 'Tasks', begins: ['task'] },
  { id: 'runs', title: 'Runs', begins: ['run', 'transcript', 'terminal'] },
  { id: 'decisions', title: 'Decisions', begins: ['decision'] },
  { id: 'conflicts', title: 'Conflicts', begins: ['conflict'] },
  { id: 'saves', title: 'Saves', begins: ['save', 'checkpoint'] },
  { id: 'goals', title: 'Goals and talk', begins: ['goal', 'session', 'message', 'discussion', 'dispatch'] },
  { id: 'branches', title: 'Branches', begins: ['branch', 'project'] },
  { id: 'machine', title: 'Agents and server', begins: [] },
] as const;

/** Every type of event that there is, in the order of the contract. */
const TYPES: readonly ThalogosEventType[] = ThalogosEvent.options.map((option) => option.shape.type.value);

const beginOf = (type: string) => type.split('.')[0] ?? '';
const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
const NAMED: ReadonlySet<string> = new Set(EVENT_KINDS.flatMap((kind): readonly string[] => kind.begins));

/** The types of one kind; undefined for every kind. */
export function typesOf(kind: string | null): ThalogosEventType[] | undefined {
  const found = EVENT_KINDS.find((one) => one.id === kind);
  if (found === undefined) return undefined;
  const begins: readonly string[] = found.begins;
  return TYPES.filter((type) =>
    begins.length === 0 ? !NAMED.has(beginOf(type)) : begins.includes(beginOf(type)),
  );
}

/** Which events are shown; null narrows nothing. */
export interface EventFilter {
  readonly kind: string | null;
  readonly task: string | null;
  readonly session: string | null;
  readonly text: string | null;
}

const fits = <T>(wanted: T | null, has: T) => wanted === null || wanted === has;

function holds(event: ThalogosEvent, text: string | null): boolean {
  return text === null || JSON.stringify(event).toLowerCase().includes(text.toLowerCase());
}

/** Whether an event that has just come is one of those that are shown. */
export function isShown(event: ThalogosEvent, project: string, filter: EventFilter): boolean {
  return (
    (event.project === project || event.project === null) &&
    fits(filter.task, event.task) &&
    fits(filter.session, event.session) &&
    (typesOf(filter.kind)?.includes(event.type) ?? true) &&
    holds(event, filter.text)
  );
}

/** What an event is about, and what happened to it. */
export interface EventWords {
  readonly subject: string;
  readonly words: string;
  readonly look: StateLook | null;
}

type TaskEvent = Extract<ThalogosEvent, { type: `task.${string}` }>;

function isTaskEvent(event: ThalogosEvent): event is TaskEvent {
  return event.type.startsWith('task.');
}

/** `task.handed-over` as words: `handed over`. */
function verbOf(type: string): string {
  return (type.split('.')[1] ?? type).replaceAll('-', ' ');
}

function ofTask(event: TaskEvent): EventWords {
  const { data, type } = event;
  const { view } = data;
  const why = 'because' in data ? data.because : 'why' in data ? data.why : view.reason;
  const more = type === 'task.failed' ? data.error.message : why;
  return {
    subject: view.title,
    words: more === null ? verbOf(type) : `${verbOf(type)}: ${more}`,
    look: TASK_LOOKS[view.state].look,
  };
}

const plain = (subject: string, words: string, look: StateLook | null = null): EventWords => ({
  subject,
  words,
  look,
});

/** An event in words. Pure; a type that has no words of its own is called by its name. */
export function eventWords(event: ThalogosEvent): EventWords {
  if (isTaskEvent(event)) return ofTask(event);
  switch (event.type) {
    case 'transcript.extended':
      return plain(event.by, event.data.lastLine ?? 'goes on');
    case 'run.ended':
      return plain(event.by, `ended: ${event.data.error?.message ?? event.data.end}`);
    case 'goal.stated':
      return plain(goalTitle(event.data.goal.text), 'stated');
    case 'decision.opened':
      return plain(event.data.decision.summary, 'asked', 'waiting');
    case 'decision.settled':
      return plain(
        event.data.decision.summary,
        event.data.decision.answer ?? event.data.decision.state,
        'ready',
      );
    case 'conflict.found':
    case 'conflict.proposed':
    case 'conflict.resolved':
    case 'conflict.withdrawn':
      return plain(event.data.conflict.path, `conflict ${verbOf(event.type)}`, 'conflict');
    case 'save.ended':
      return plain(
        'Save',
        event.data.outcome.kind.replaceAll('-', ' '),
        event.data.outcome.kind === 'saved' ? 'saved' : 'failed',
      );
    case 'save.stage':
      // A stage that has just begun has nothing to tell yet.
      return plain('Save', event.data.report.sentence || `${event.data.report.stage} begins`);
    case 'save.checked':
      return plain('Save', `check ${event.data.check.name}: ${event.data.check.state}`);
    case 'checkpoint.published':
    case 'checkpoint.promoted':
      return plain(formatSequence(event.data.entry.tag ?? ''), event.data.entry.summary, 'saved');
    case 'message.posted':
      return plain(event.by, 'wrote in the chat');
    default:
      return plain(capital(beginOf(event.type)), verbOf(event.type));
  }
}

/** Where an event’s thing is shown. */
export type EventPlace =
  | { readonly kind: 'task'; readonly id: string }
  | { readonly kind: 'checkpoint'; readonly id: string }
  | { readonly kind: 'conflict'; readonly id: string }
  | { readonly kind: 'branch'; readonly id: string }
  | { readonly kind: 'inbox' | 'save' | 'mission' };

function tagOf({ data }: ThalogosEvent): string | null {
  if ('entry' in data) return data.entry.tag;
  return 'outcome' in data ? (data.outcome.checkpoint?.tag ?? null) : null;
}

/** What an event leads to; null for one that is about the whole. */
export function placeOf(event: ThalogosEvent): EventPlace | null {
  const { data, task, type } = event;
  const tag = tagOf(event);
  if ('conflict' in data) return { kind: 'conflict', id: data.conflict.id };
  if (type.startsWith('decision.')) return { kind: 'inbox' };
  if (task !== null) return { kind: 'task', id: task };
  if (tag !== null) return { kind: 'checkpoint', id: tag };
  if ('branch' in data) return { kind: 'branch', id: data.branch };
  if (type.startsWith('save.')) return { kind: 'save' };
  return /^(?:goal|message|discussion|session)\./.test(type) ? { kind: 'mission' } : null;
}

/** Puts what has just come before what was read, each once, newest first. */
export function joinNewest(
  come: readonly ThalogosEvent[],
  read: readonly ThalogosEvent[],
): readonly ThalogosEvent[] {
  const newest = read[0]?.seq ?? 0;
  const fresh = come.filter(({ seq }) => seq > newest);
  return fresh.length === 0 ? read : [...fresh.toSorted((a, b) => b.seq - a.seq), ...read];
}
