import type {
  ChatMessage,
  CheckResult,
  Decision,
  Goal,
  Project,
  Session,
  StageReport,
  Task,
  ThalogosEvent,
  TimelineEntry,
} from '@thalogos/contracts';

/** The queries of the console, by the call that answers them. */
export type QueryName =
  | 'projects.list'
  | 'projects.trust'
  | 'projects.settings'
  | 'ops.status'
  | 'ops.info'
  | 'sessions.list'
  | 'planning.goals'
  | 'conversation.discussion'
  | 'tasks.list'
  | 'tasks.get'
  | 'tasks.transcript'
  | 'tasks.compare'
  | 'review.diff'
  | 'review.decisions'
  | 'changes.files'
  | 'conflicts.list'
  | 'conflicts.get'
  | 'saves.preview'
  | 'saves.current'
  | 'saves.get'
  | 'timeline.list'
  | 'branches.list'
  | 'agents.list'
  | 'visits.of';

/** How cached data changes; an `invalidate` is used wherever a patch would repeat what the server decides. */
export type CacheChange =
  | { readonly kind: 'put-task'; readonly project: string; readonly task: Task }
  | {
      readonly kind: 'note-progress';
      readonly project: string;
      readonly task: string;
      readonly run: string;
      readonly lastLine: string | null;
      readonly plan: Task['plan'];
      readonly cost: Task['cost'];
    }
  | { readonly kind: 'put-project'; readonly project: Project }
  | { readonly kind: 'move-head'; readonly project: string; readonly head: string }
  | { readonly kind: 'put-session'; readonly session: Session }
  | { readonly kind: 'put-goal'; readonly goal: Goal }
  | { readonly kind: 'set-paused'; readonly project: string; readonly paused: boolean }
  | { readonly kind: 'put-decision'; readonly project: string; readonly decision: Decision }
  | { readonly kind: 'add-message'; readonly session: string; readonly message: ChatMessage }
  | { readonly kind: 'put-stage'; readonly save: string; readonly report: StageReport }
  | { readonly kind: 'put-check'; readonly save: string; readonly check: CheckResult }
  | { readonly kind: 'add-entry'; readonly project: string; readonly entry: TimelineEntry }
  | { readonly kind: 'server-build'; readonly build: string }
  /** `task` narrows to queries about that one task. */
  | { readonly kind: 'invalidate'; readonly query: QueryName; readonly task?: string };

const stale = (...queries: QueryName[]): CacheChange[] =>
  queries.map((query) => ({ kind: 'invalidate', query }));
const staleFor = (task: string, ...queries: QueryName[]): CacheChange[] =>
  queries.map((query) => ({ kind: 'invalidate', query, task }));

type TaskEvent = Extract<ThalogosEvent, { type: `task.${string}` }>;
const changesResult: ReadonlySet<ThalogosEvent['type']> = new Set([
  'task.finished',
  'task.amended',
  'task.approved',
  'task.rejected',
  'task.reopened',
  'task.saved',
  'task.cancelled',
  'task.kept',
  'task.superseded',
]);
const changesTree: ReadonlySet<ThalogosEvent['type']> = new Set([
  'task.finished',
  'task.amended',
  'task.rebased',
]);
const changesAgent: ReadonlySet<ThalogosEvent['type']> = new Set([
  'task.assigned',
  'task.routed',
  'task.handed-over',
]);

function ofTask(event: TaskEvent): CacheChange[] {
  const task = event.data.view;
  const changes: CacheChange[] =
    event.project === null ? stale('tasks.list') : [{ kind: 'put-task', project: event.project, task }];
  changes.push(...stale('ops.status'));
  if (task.contest !== undefined) changes.push(...stale('tasks.compare'));
  if (event.type === 'task.started' || event.type === 'task.finished' || changesAgent.has(event.type))
    changes.push(...staleFor(task.id, 'tasks.get'));
  if (changesTree.has(event.type)) changes.push(...staleFor(task.id, 'review.diff', 'changes.files'));
  if (changesResult.has(event.type))
    changes.push(...stale('saves.preview', 'conflicts.list', 'conflicts.get'));
  return changes;
}

type Other = Exclude<ThalogosEvent, TaskEvent>;
type Row<T extends Other['type'] = Other['type']> = {
  [K in T]: Extract<Other, { type: K }> & { type: K };
}[T];
type Table = { readonly [K in Other['type']]: (event: Row<K>) => CacheChange[] };

const conflictChanged = () => stale('conflicts.list', 'conflicts.get', 'saves.preview');

const afterSave = stale(
  'conflicts.list',
  'conflicts.get',
  'saves.current',
  'saves.get',
  'saves.preview',
  'ops.status',
  'tasks.list',
  'timeline.list',
  'projects.list',
  'sessions.list',
  'branches.list',
);

const table: Table = {
  'server.started': ({ data }) => [{ kind: 'server-build', build: data.build }],
  'project.registered': ({ data }) => [{ kind: 'put-project', project: data.project }],
  'project.trusted': () => stale('projects.trust', 'projects.settings'),
  'project.moved': ({ project, data }) =>
    project === null
      ? []
      : [
          { kind: 'move-head', project, head: data.head },
          // The project file is read from what main is now.
          ...stale('ops.status', 'saves.preview', 'projects.settings', 'projects.trust'),
        ],
  'dispatch.paused': ({ project }) =>
    project === null ? stale('sessions.list') : [{ kind: 'set-paused', project, paused: true }],
  'dispatch.resumed': ({ project }) =>
    project === null ? stale('sessions.list') : [{ kind: 'set-paused', project, paused: false }],
  'session.opened': ({ data }) => [{ kind: 'put-session', session: data.session }, ...stale('ops.status')],
  'session.moved': ({ data }) => [{ kind: 'put-session', session: data.session }, ...stale('ops.status')],
  'goal.stated': ({ data }) => [{ kind: 'put-goal', goal: data.goal }],
  'goal.accepted': () => stale('planning.goals'),
  'goal.dropped': () => stale('planning.goals', 'tasks.list'),
  'run.started': ({ task }) => (task === null ? [] : staleFor(task, 'tasks.get')),
  'run.ended': ({ task }) => (task === null ? [] : staleFor(task, 'tasks.get')),
  'transcript.extended': ({ project, task, data }) =>
    project === null || task === null
      ? []
      : [
          {
            kind: 'note-progress',
            project,
            task,
            run: data.run,
            lastLine: data.lastLine,
            plan: data.plan,
            cost: data.cost,
          },
          ...staleFor(task, 'tasks.transcript'),
        ],
  'account.limited': () => stale('agents.list'),
  'account.freed': () => stale('agents.list'),
  'budget.reached': () => [],
  'agent.switched': () => stale('agents.list'),
  'health.degraded': () => stale('ops.status', 'agents.list'),
  'health.restored': () => stale('ops.status', 'agents.list'),
  'terminal.opened': ({ task }) => (task === null ? [] : staleFor(task, 'visits.of')),
  'terminal.closed': ({ task }) => (task === null ? [] : staleFor(task, 'visits.of')),
  'preview.moved': ({ task }) => (task === null ? [] : staleFor(task, 'visits.of')),
  'decision.opened': ({ project, data }) => decision(project, data.decision),
  'decision.settled': ({ project, data }) => decision(project, data.decision),
  'conflict.found': conflictChanged,
  'conflict.resolved': conflictChanged,
  'conflict.withdrawn': conflictChanged,
  'conflict.proposed': conflictChanged,
  'message.posted': ({ session, data }) =>
    session === null ? [] : [{ kind: 'add-message', session, message: data.message }],
  'discussion.moved': () => stale('conversation.discussion'),
  'save.started': () => stale('saves.current', 'ops.status'),
  'save.stage': ({ data }) => [{ kind: 'put-stage', save: data.save, report: data.report }],
  'save.checked': ({ data }) => [{ kind: 'put-check', save: data.save, check: data.check }],
  'save.ended': () => afterSave,
  'save.delivered': () => stale('saves.current', 'saves.get'),
  'checkpoint.published': ({ project, data }) =>
    project === null ? stale('timeline.list') : [{ kind: 'add-entry', project, entry: data.entry }],
  'checkpoint.promoted': () => stale('timeline.list', 'branches.list'),
  'branch.pushed': () => stale('branches.list'),
  'branch.checked': () => stale('branches.list'),
};

function decision(project: string | null, settled: Decision): CacheChange[] {
  return project === null
    ? stale('review.decisions', 'ops.status')
    : [{ kind: 'put-decision', project, decision: settled }, ...stale('ops.status')];
}

function isTaskEvent(event: ThalogosEvent): event is TaskEvent {
  return event.type.startsWith('task.');
}

function ofTable<K extends Other['type']>(event: Row<K>): CacheChange[] {
  return table[event.type](event);
}

/** Which cached things change when an event arrives. Pure: the one place where the console learns from the log. */
export function applyEvent(event: ThalogosEvent): readonly CacheChange[] {
  return isTaskEvent(event) ? ofTask(event) : ofTable(event);
}
