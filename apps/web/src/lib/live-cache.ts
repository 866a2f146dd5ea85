import type {
  ChatMessage,
  Decision,
  Goal,
  Project,
  SaveView,
  Session,
  Task,
  ThalogosEvent,
} from '@thalogos/contracts';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { makeAskAgain } from './ask-again.ts';
import { applyEvent, type CacheChange, type QueryName } from './apply-event.ts';
import { makeGatherProgress } from './gather-progress.ts';
import { noteProgress, putById, putCheck, putStage } from './change-cache.ts';
import type { useTRPC } from './trpc.ts';

/** Names of queries as react-query keys. */
export type Trpc = ReturnType<typeof useTRPC>;
type Change<K extends CacheChange['kind']> = Extract<CacheChange, { kind: K }>;
type Carriers = { readonly [K in CacheChange['kind']]: (change: Change<K>) => void };
type Row<T extends CacheChange['kind'] = CacheChange['kind']> = { [K in T]: Change<K> & { kind: K } }[T];

function keyOf(trpc: Trpc, query: QueryName, task: string | undefined): QueryKey {
  const [folder, verb] = query.split('.');
  if (task !== undefined && query === 'tasks.get') return trpc.tasks.get.queryKey({ task });
  // The pages, the detail and what is undone are made of the same entries.
  if (query === 'timeline.list') return trpc.timeline.pathKey();
  if (task !== undefined && query === 'review.diff') return trpc.review.diff.queryKey({ task });
  if (task !== undefined && query === 'tasks.transcript') return trpc.tasks.transcript.queryKey({ task });
  return [[folder, verb]];
}

interface Hands {
  readonly trpc: Trpc;
  invalidate(queryKey: QueryKey): void;
  patch<T>(queryKey: QueryKey, change: (data: T) => T): void;
}

function taskCarriers({ trpc, patch }: Hands) {
  const progress = makeGatherProgress<Change<'note-progress'>>((project, news) => {
    const noted = (task: Task) => {
      const own = news.get(task.id);
      return own === undefined ? task : noteProgress(task, own);
    };
    patch<{ tasks: readonly Task[] }>(trpc.tasks.list.queryKey({ project }), (data) => ({
      tasks: data.tasks.map(noted),
    }));
    for (const task of news.keys())
      patch<{ task: Task }>(trpc.tasks.get.queryKey({ task }), (data) => ({
        ...data,
        task: noted(data.task),
      }));
  });
  return {
    'put-task': ({ project, task }: Change<'put-task'>) => {
      progress.flush();
      patch<{ tasks: readonly Task[] }>(trpc.tasks.list.queryKey({ project }), (data) => ({
        tasks: putById(data.tasks, task),
      }));
      patch<{ task: Task }>(trpc.tasks.get.queryKey({ task: task.id }), (data) => ({ ...data, task }));
    },
    'note-progress': progress.note,
  };
}

function projectCarriers({ trpc, patch }: Hands) {
  return {
    'put-project': ({ project }: Change<'put-project'>) =>
      patch<{ projects: readonly Project[] }>(trpc.projects.list.pathKey(), (data) => ({
        projects: putById(data.projects, project),
      })),
    'move-head': ({ project, head }: Change<'move-head'>) =>
      patch<{ projects: readonly Project[] }>(trpc.projects.list.pathKey(), (data) => ({
        projects: data.projects.map((one) => (one.id === project ? { ...one, head } : one)),
      })),
    'put-session': ({ session }: Change<'put-session'>) =>
      patch<{ sessions: readonly Session[]; paused: boolean }>(
        trpc.sessions.list.queryKey({ project: session.project }),
        (data) => ({
          ...data,
          sessions: putById(data.sessions, session),
        }),
      ),
    'set-paused': ({ project, paused }: Change<'set-paused'>) =>
      patch<{ sessions: readonly Session[]; paused: boolean }>(
        trpc.sessions.list.queryKey({ project }),
        (data) => ({ ...data, paused }),
      ),
    'put-goal': ({ goal }: Change<'put-goal'>) =>
      patch<{ goals: readonly Goal[] }>(trpc.planning.goals.queryKey({ session: goal.session }), (data) => ({
        goals: putById(data.goals, goal),
      })),
  };
}

function otherCarriers({ trpc, patch, invalidate }: Hands) {
  const patchSave = (save: string, change: (view: SaveView) => SaveView) => {
    for (const key of [trpc.saves.current.pathKey(), trpc.saves.get.pathKey()]) {
      patch<{ save: SaveView | null }>(key, (data) =>
        data.save?.id === save ? { save: change(data.save) } : data,
      );
    }
  };
  return {
    'put-decision': ({ project, decision }: Change<'put-decision'>) => {
      // In the chat it stays where it was asked, with its answer.
      for (const key of [trpc.review.decisions.queryKey({ project }), trpc.conversation.messages.pathKey()])
        patch<{ decisions: readonly Decision[] }>(key, (data) => ({
          ...data,
          decisions: putById(data.decisions, decision),
        }));
    },
    'add-message': ({ session, message }: Change<'add-message'>) =>
      patch<{ messages: readonly ChatMessage[] }>(
        trpc.conversation.messages.queryKey({ session }),
        (data) => ({ ...data, messages: putById(data.messages, message) }),
      ),
    'put-stage': ({ save, report }: Change<'put-stage'>) => patchSave(save, (view) => putStage(view, report)),
    'put-check': ({ save, check }: Change<'put-check'>) => patchSave(save, (view) => putCheck(view, check)),
    'add-entry': () => invalidate(trpc.timeline.pathKey()),
    'server-build': () => invalidate(trpc.ops.info.pathKey()),
    invalidate: ({ query, task }: Change<'invalidate'>) => invalidate(keyOf(trpc, query, task)),
  };
}

/** Keeps the query cache in step with the log: patches at once, invalidations gathered so that a burst asks once. */
export function makeLiveCache(client: QueryClient, trpc: Trpc): (event: ThalogosEvent) => void {
  const invalidate = makeAskAgain(client);
  // An answer that is still on its way may be older than the event, so it is asked again.
  const patch = <T>(queryKey: QueryKey, change: (data: T) => T) => {
    client.setQueriesData<T>({ queryKey }, (data) => (data === undefined ? undefined : change(data)));
    if (client.isFetching({ queryKey }) > 0) invalidate(queryKey);
  };
  const hands: Hands = { trpc, invalidate, patch };
  const carriers: Carriers = { ...taskCarriers(hands), ...projectCarriers(hands), ...otherCarriers(hands) };
  const carry = <K extends CacheChange['kind']>(change: Row<K>) => carriers[change.kind](change);
  return (event) => {
    for (const change of applyEvent(event)) carry(change);
  };
}
