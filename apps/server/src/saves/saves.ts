import {
  type Delivery,
  type KnownCheck,
  type Oid,
  type ProjectId,
  type RollbackInput,
  SaveInput,
  type TaskId,
} from '@thalogos/contracts';
import type { z } from 'zod';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { makeCheckResultsStore } from './check-results-store.ts';
import { deliverAgain } from './deliver-save.ts';
import { makeCollisions } from './find-collisions.ts';
import { makeJournal } from './journal.ts';
import { type JournalStore, makeJournalStore } from './journal-store.ts';
import { knownForPreview } from './known-checks.ts';
import { makeLiveChecks } from './live-checks.ts';
import { makeLookAhead } from './look-ahead.ts';
import { makePreview, type Meet } from './preview.ts';
import { readCheckLog } from './read-check-log.ts';
import { recoverSaves } from './recover-saves.ts';
import { rollbackPreview } from './rollback.ts';
import { makeRunner, type Runner } from './runner.ts';
import { canCancel, type SaveRecord, type SaveRequest } from './save.ts';
import type { SaveContext } from './save-context.ts';
import type { SavesDeps } from './save-deps.ts';
import { viewOf } from './save-view.ts';
import type { SaveCalls } from './saves.api.ts';
import { pendingStages } from './stages.ts';
import { makeTouchedStore } from './touched-store.ts';
import { withTrouble } from './with-trouble.ts';

/** Saves, restores and what others need to know of them. */
export interface Saves extends SaveCalls {
  /** What a Save started now would meet and settle. */
  readonly meet: Meet;
  /** What is known of each check on a tree, without running any. */
  knownChecks(project: ProjectId, tree: Oid): Promise<readonly KnownCheck[]>;
  /** Whether a Save of the project is unfinished; nothing new is dispatched while it is. */
  isFrozen(project: ProjectId): boolean;
  /** Whether a Save of the project is putting its result on `main` right now: approvals can't be taken back any more. */
  isPublishing(project: ProjectId): boolean;
  /** Calls back whenever a project's Save has ended; gives the way to stop that. */
  onThawed(act: (project: ProjectId) => void): () => void;
  /** Mends what a crash left and goes on with unfinished Saves; once, before the server is ready. */
  recover(): Promise<void>;
  /** Resolves when no Save of the project runs. */
  settled(project: ProjectId): Promise<void>;
  /** Stops at the next step; what is unfinished goes on at the next start. */
  close(): Promise<void>;
}

/** Joins the parts of Save, rollback and delivery. */
export function makeSaves(deps: SavesDeps): Saves {
  const store = makeJournalStore(deps.db);
  const context: SaveContext = {
    ...deps,
    journal: makeJournal({ store, recorder: deps.recorder, clock: deps.clock }),
    results: makeCheckResultsStore(deps.db),
    live: makeLiveChecks(),
    touched: makeTouchedStore(deps.db),
    ...{ collisions: makeCollisions(), ahead: makeLookAhead() },
  };
  const runner = makeRunner(context);
  const view = (record: SaveRecord) => withTrouble(viewOf(record, context.live.of(record.id)), runner);

  return {
    ...makePreview(context),
    save: async (input, actor) => {
      const { project, only = null, without = null } = SaveInput.parse(input);
      requireKnown(context, project, [...(only ?? []), ...(without ?? [])]);
      return view(
        start(context, runner.run, { project, by: actor.name, request: { only, without, tag: null } }),
      );
    },
    rollback: async ({ project, tag }, actor) => {
      requireCheckpoint(context, { project, tag });
      return view(
        start(context, runner.run, { project, by: actor.name, request: { only: null, without: null, tag } }),
      );
    },
    rollbackPreview: async (input) => {
      requireCheckpoint(context, input);
      return rollbackPreview(context, input);
    },
    get: (save) => view(requireSave(store, save)),
    log: async ({ save, ...input }) => readCheckLog(context, requireSave(store, save), input),
    current: (project) => {
      const record = store.latest(project);
      return record === null ? null : view(record);
    },
    cancel: (project) => cancel(context, runner.cancel, project),
    deliver: (project) => deliverOnce(context, project),
    knownChecks: (project, tree) => knownChecks(context, project, tree),
    isFrozen: (project) => store.open(project) !== null,
    isPublishing: (project) => store.open(project)?.state.kind === 'publishing',
    onThawed: runner.onThawed,
    recover: () => recoverSaves(context, runner.run),
    settled: runner.settled,
    close: () => close(runner, context),
  };
}

async function close(runner: Runner, { ahead }: SaveContext): Promise<void> {
  await runner.close();
  await ahead.close();
}

interface Wish {
  readonly project: ProjectId;
  readonly by: string;
  readonly request: SaveRequest;
}

function start(
  context: SaveContext,
  run: (record: SaveRecord) => void,
  { project, by, request }: Wish,
): SaveRecord {
  requireIdle(context, project);
  const record = context.journal.start({
    id: newId('v'),
    project,
    kind: request.tag === null ? 'save' : 'restore',
    by,
    request,
    startedAt: context.clock.now(),
    endedAt: null,
    version: context.version,
    auditHead: context.audit.head().hash,
    state: { kind: 'freezing' },
    rounds: 0,
    entering: [],
    undone: [],
    checks: [],
    stages: pendingStages(),
    isCancelled: false,
    isResumed: false,
  });
  context.failpoint('started.journaled');
  run(record);
  return record;
}

async function knownChecks(
  { projects, results }: SaveContext,
  project: ProjectId,
  tree: Oid,
): Promise<readonly KnownCheck[]> {
  const settings = await projects.settingsAt(project, null);
  return knownForPreview(results, { project, tree, settings });
}

function requireSave({ get }: Pick<JournalStore, 'get'>, save: string): SaveRecord {
  const record = get(save);
  if (record === null) throw new Refusal('not-found', `There is no Save ${save}.`);
  return record;
}

function requireIdle({ journal }: SaveContext, project: ProjectId): void {
  const running = journal.open(project);
  if (running === null) return;
  throw new Refusal('conflict', `Save ${running.id} of this project is still running.`, {
    hint: 'Wait for it, or cancel it: `thalogos save --cancel`.',
  });
}

function requireKnown({ projects, tasks }: SaveContext, project: ProjectId, ids: readonly TaskId[]): void {
  projects.place(project);
  const known = new Set(tasks.savable(project).map((task) => task.id));
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) throw new Refusal('not-found', `There is no task ${stranger} in this project.`);
}

function requireCheckpoint(
  { projects, timeline }: SaveContext,
  { project, tag }: z.infer<typeof RollbackInput>,
): void {
  projects.place(project);
  if (timeline.find(project, tag) !== null) return;
  throw new Refusal('not-found', `There is no checkpoint ${tag}.`, {
    hint: 'See `thalogos timeline` for those there are.',
  });
}

function cancel(
  context: SaveContext,
  interrupt: (save: string) => void,
  project: ProjectId,
): { save: { id: string }; cancelled: boolean } {
  const record = context.journal.open(project);
  if (record === null) throw new Refusal('wrong-state', 'No Save is running.');
  if (!canCancel(record)) return { save: { id: record.id }, cancelled: record.isCancelled };
  context.journal.mark({ ...record, isCancelled: true });
  interrupt(record.id);
  return { save: { id: record.id }, cancelled: true };
}

async function deliverOnce(context: SaveContext, project: ProjectId): Promise<Delivery> {
  requireIdle(context, project);
  return deliverAgain(context, project);
}
