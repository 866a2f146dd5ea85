import type { Decision, Goal, SearchKind, Task, ThalogosEvent, TimelineEntry } from '@thalogos/contracts';

/** One thing of a project as the index keeps it; a later one of the same kind and id takes its place. */
export interface SearchDocument {
  readonly kind: Exclude<SearchKind, 'transcript'>;
  readonly id: string;
  readonly project: string;
  readonly title: string;
  readonly body: string;
  readonly at: number;
  readonly address: string;
}

/** What else an event asks the index to read, since the log itself does not hold it. */
export type MoreToRead =
  | { readonly kind: 'change'; readonly project: string; readonly task: Task; readonly at: number }
  | {
      readonly kind: 'transcript';
      readonly project: string;
      readonly task: string;
      /** Blocks up to this one; the last ones of a run that goes on may still grow. */
      readonly upto: number;
    };

/** What an event means for the index. */
export interface Finds {
  readonly documents: readonly SearchDocument[];
  readonly more: readonly MoreToRead[];
}

/** Types of events that say something new to find; every other one is passed over without being read. */
export const TELLING: ReadonlySet<string> = new Set<ThalogosEvent['type']>([
  'goal.stated',
  'task.planned',
  'task.edited',
  'task.finished',
  'decision.opened',
  'decision.settled',
  'message.posted',
  'checkpoint.published',
  'transcript.extended',
  'run.ended',
]);

/** Blocks of a run that goes on are read in once there are so many, and the last few later. */
const READ_AHEAD = 200;
const MAY_GROW = 30;

const NOTHING: Finds = { documents: [], more: [] };
const one = (document: SearchDocument): Finds => ({ documents: [document], more: [] });

/** What of an event there is to find. Pure: whatever else has to be read is only named. */
export function findsIn(event: ThalogosEvent): Finds {
  const { project, at } = event;
  if (project === null) return NOTHING;
  switch (event.type) {
    case 'goal.stated':
      return one(goal(event.data.goal, project));
    case 'task.planned':
    case 'task.edited':
      return one(task(event.data.view, project));
    case 'task.finished':
      return { documents: [], more: [{ kind: 'change', project, task: event.data.view, at }] };
    case 'decision.opened':
    case 'decision.settled':
      return one(decision(event.data.decision, project));
    case 'message.posted':
      return one(message(event, project));
    case 'checkpoint.published':
      return checkpoint(event.data.entry, project);
    default:
      return said(event, project);
  }
}

function said(event: ThalogosEvent, project: string): Finds {
  if (event.task === null) return NOTHING;
  const more = (upto: number): Finds => ({
    documents: [],
    more: [{ kind: 'transcript', project, task: event.task ?? '', upto }],
  });
  if (event.type === 'run.ended') return more(Number.MAX_SAFE_INTEGER);
  // Every so often is enough: each flush of a chatty agent says that it has grown.
  if (event.type !== 'transcript.extended' || event.data.upto % READ_AHEAD >= MAY_GROW) return NOTHING;
  return more(event.data.upto - MAY_GROW);
}

/** The first line that says something, without the signs of a heading. */
function titleOf(text: string): string {
  const line = text.split('\n').find((words) => words.trim() !== '') ?? '';
  return line.replace(/^[#\s*-]+/, '').slice(0, 200);
}

function goal({ id, text, createdAt }: Goal, project: string): SearchDocument {
  return { kind: 'goal', id, project, title: titleOf(text), body: text, at: createdAt, address: '/' };
}

function task({ id, title, text, agent, branch, createdAt }: Task, project: string): SearchDocument {
  const body = `${text}\n${agent}\n${branch}\n${id}`;
  return { kind: 'task', id, project, title, body, at: createdAt, address: `/tasks/${id}` };
}

function decision(given: Decision, project: string): SearchDocument {
  const { id, summary, detail, answer, state, createdAt, task: about } = given;
  const address = state === 'open' || about === null ? '/inbox' : `/tasks/${about}`;
  const body = [summary, detail, answer ?? ''].join('\n');
  return { kind: 'decision', id, project, title: titleOf(summary), body, at: createdAt, address };
}

function message(
  { data }: Extract<ThalogosEvent, { type: 'message.posted' }>,
  project: string,
): SearchDocument {
  const { id, content, agentName, role, at } = data.message;
  const who = role === 'user' ? 'You' : (agentName ?? 'Guide');
  return {
    kind: 'message',
    id,
    project,
    title: `${who}: ${titleOf(content)}`,
    body: content,
    at,
    address: '/',
  };
}

function checkpoint({ tag, summary, tasks, by, at }: TimelineEntry, project: string): Finds {
  if (tag === null) return NOTHING;
  const body = [summary, tag, ...tasks.map(({ title, agent }) => `${title} (${agent})`), by].join('\n');
  const address = `/timeline/${encodeURIComponent(tag)}`;
  return one({ kind: 'checkpoint', id: tag, project, title: summary, body, at, address });
}

/** The most of a diff's lines that the index keeps, in characters. */
const MAX_LINES = 200_000;

/** A task's result: its paths, then the lines that it added and removed. */
export function changeDocument(
  { project, task: { id, title }, at }: Extract<MoreToRead, { kind: 'change' }>,
  { files, patch }: { readonly files: readonly { readonly path: string }[]; readonly patch: string },
): SearchDocument {
  const lines = patch
    .split('\n')
    .filter((line) => /^[+-](?!\+\+ |-- )/.test(line))
    .map((line) => line.slice(1));
  const body = [...files.map(({ path }) => path), ...lines].join('\n').slice(0, MAX_LINES);
  return { kind: 'change', id, project, title, body, at, address: `/review/${id}` };
}
