import type { Oid, Session } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import {
  type Checkpoint,
  evolveSession,
  type SessionFact,
  type SessionRecord,
  sessionView,
} from './session.ts';
import type { SessionCalls } from './sessions.api.ts';
import type { SessionStore } from './session-store.ts';

/** What sessions need. */
export interface SessionDeps {
  readonly store: SessionStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Whether a session still has work under way; such a one is not closed. */
  readonly isBusy: (session: string) => boolean;
  /** The commit of a project's checkpoint, null where there is none of that name. */
  readonly findCheckpoint: (project: string, tag: string) => Oid | null;
  /** Told when a project may start tasks again. */
  readonly onResumed: (project: string) => void;
}

/** Sessions of work, as the rest of the server uses them. */
export interface Sessions extends SessionCalls {
  /** The open session of a project, else a new one; `new` and a name are obeyed. */
  choose(project: string, asked: string | undefined, by: string): Session;
  /** Records a fact; one that changes nothing is passed over. */
  tell(session: string, fact: SessionFact, by: string): void;
  find(session: string): Session | null;
  /** The newest session that is not closed, null where there is none. */
  current(project: string): Session | null;
  pausedBecause(project: string): string | null;
}

/** Sessions on the server's database. */
export function makeSessions(deps: SessionDeps): Sessions {
  const { store, isBusy, onResumed } = deps;
  const book = makeBook(deps);
  const { open, require, tell, current } = book;
  return {
    list: (project) => store.ofProject(project).map(sessionView),
    open: (project, actor) => open(project, actor.name),
    branchOff: ({ project, tag }, actor) =>
      open(project, actor.name, { tag, commit: requireCheckpoint(deps, project, tag) }),
    close: (id, actor) => {
      require(id);
      if (isBusy(id)) {
        throw new Refusal('wrong-state', `Session ${id} still has agents at work.`, {
          hint: 'Stop them first.',
        });
      }
      tell(id, { type: 'closed' }, actor.name);
      return sessionView(require(id));
    },
    pause: (project, actor) =>
      store.paused(project) === null
        ? setPaused(deps, book, { project, reason: `paused by ${actor.name}`, by: actor.name })
        : { paused: true },
    resume: (project, actor) => {
      if (store.paused(project) === null) return { paused: false };
      const answer = setPaused(deps, book, { project, reason: null, by: actor.name });
      onResumed(project);
      return answer;
    },
    isPaused: (project) => store.paused(project) !== null,
    pausedBecause: (project) => store.paused(project),
    choose: (project, asked, by) => {
      if (asked === 'new') return open(project, by);
      if (asked === undefined) return current(project) ?? open(project, by);
      return sessionView(requireOpen(require(asked), project));
    },
    tell,
    find: (id) => {
      const session = store.find(id);
      return session === null ? null : sessionView(session);
    },
    current,
  };
}

function requireCheckpoint({ findCheckpoint }: SessionDeps, project: string, tag: string): Oid {
  const commit = findCheckpoint(project, tag);
  if (commit !== null) return commit;
  throw new Refusal('not-found', `There is no checkpoint ${tag}.`, {
    hint: 'See `thalogos timeline` for those there are.',
  });
}

type Book = ReturnType<typeof makeBook>;

/** Opens sessions and records facts about them, each with its event in one transaction. */
function makeBook({ store, recorder, clock }: SessionDeps) {
  const put = (session: SessionRecord, type: 'session.opened' | 'session.moved', by: string): Session =>
    recorder.transact(() => {
      const view = sessionView(session);
      store.put(session);
      recorder.record({
        type,
        project: session.project,
        session: session.id,
        task: null,
        by,
        data: { session: view },
      });
      return view;
    });
  const require = (id: string): SessionRecord => {
    const session = store.find(id);
    if (session === null) throw new Refusal('not-found', `There is no session ${id}.`);
    return session;
  };
  const openOnes = (project: string) =>
    store.ofProject(project).filter(({ state }) => state.kind !== 'finalized');
  return {
    require,
    openOnes,
    open: (project: string, by: string, base?: Checkpoint): Session => {
      const count = store.ofProject(project).length + 1;
      const title = base === undefined ? `Session ${count}` : `Session ${count}, from ${base.tag}`;
      const draft: SessionRecord = {
        id: newId('s'),
        project,
        title,
        createdAt: clock.now(),
        state: { kind: 'draft' },
        ...(base === undefined ? {} : { base }),
      };
      return put(draft, 'session.opened', by);
    },
    tell: (id: string, fact: SessionFact, by: string): void => {
      const next = evolveSession(require(id), fact);
      if (next !== null) put(next, 'session.moved', by);
    },
    current: (project: string): Session | null => openOnes(project).map(sessionView)[0] ?? null,
  };
}

interface Pause {
  readonly project: string;
  /** Why nothing new starts; null lets things start again. */
  readonly reason: string | null;
  readonly by: string;
}

function setPaused(
  { store, recorder }: SessionDeps,
  { openOnes, tell }: Book,
  { project, reason, by }: Pause,
) {
  return recorder.transact(() => {
    store.setPaused(project, reason);
    const about = { project, session: null, task: null, by };
    if (reason === null) recorder.record({ ...about, type: 'dispatch.resumed', data: {} });
    else recorder.record({ ...about, type: 'dispatch.paused', data: { reason } });
    for (const { id } of openOnes(project)) {
      tell(id, reason === null ? { type: 'resumed' } : { type: 'suspended', reason }, by);
    }
    return { paused: reason !== null };
  });
}

function requireOpen(session: SessionRecord, project: string): SessionRecord {
  if (session.project !== project) {
    throw new Refusal('not-found', `Session ${session.id} belongs to another project.`);
  }
  if (session.state.kind === 'finalized') {
    throw new Refusal('wrong-state', `Session ${session.id} is closed.`, { hint: 'Use --session new.' });
  }
  return session;
}
