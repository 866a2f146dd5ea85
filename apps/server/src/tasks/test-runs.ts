import { join } from 'node:path';
import type { AgentPermission, NewThalogosEvent } from '@thalogos/contracts';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import type { AgentAdapter, AgentEventBody, SessionSpec } from '../agents/agent-adapter.ts';
import { makeEventQueue } from '../agents/event-queue.ts';
import { OpenRun } from '../agents/open-run.ts';
import { RUN_LIMITS } from '../agents/run-limits.ts';
import { makePuppet } from '../agents/test-puppet.ts';
import { makeTestClock } from '../agents/test-clock.ts';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeRecorder } from '../platform/recorder.ts';
import type { AgentQuestion } from './ask-person.ts';
import { makeDispatcher } from './dispatcher.ts';
import { waitsAsTold } from './hold.ts';
import { makeMoveTask, requireTask } from './move-task.ts';
import type { EndedRun } from './rest-task.ts';
import { makeRunStore } from './run-store.ts';
import { makeRunTask } from './run-task.ts';
import { makeSettleFailure } from './settle-failure.ts';
import type { TaskRecord } from './task.ts';
import { makeTaskStore } from './task-store.ts';
import { makeTaskRecord } from './test-task.ts';
import { makeTranscriptStore, TRANSCRIPT_MIGRATIONS } from './transcript-store.ts';
import type { Workbench } from './workbench.ts';

/** How an agent plays one of its turns: what it tells, last its `turn.end`; a spec that it refuses is told by throwing. */
export type Turn = (spec: SessionSpec) => readonly AgentEventBody[];

const OID = 'a'.repeat(40);
const WORK = { result: OID, tree: OID, files: { changed: 1, added: 1, removed: 0 } };
const LIMITS = { attempts: 2, run: 3600, notice: 600, ask: 1200, idle: 1800 };

/** Tasks that run for a test: real stores and the real dispatcher, agents that play what they are told, no git. */
export async function makeTestRuns(
  agents: Readonly<Record<string, readonly Turn[]>>,
  permission: AgentPermission = 'supervised',
) {
  const directory = await makeTemporaryDirectory();
  const open = (name: string, migrations: readonly string[]) =>
    openDatabase({ file: join(directory.path, name), durability: 'NORMAL', migrations });
  const db = open('thalogos.db', MIGRATIONS);
  db.pragma('foreign_keys = OFF');
  const transcriptsDb = open('transcripts.db', TRANSCRIPT_MIGRATIONS);
  const log = new SqliteEventLog({ database: db });
  const clock = makeTestClock();
  const redactText = (text: string) => text;
  const real = makeRecorder({ db, log, clock, redactText });
  const events: NewThalogosEvent[] = [];
  const transactions: string[][] = [];
  const recorder: typeof real = {
    transact: (change) => {
      if (!db.inTransaction) transactions.push([]);
      return real.transact(change);
    },
    record: (...those) => {
      events.push(...those);
      transactions.at(-1)?.push(...those.map(({ type }) => type));
      real.record(...those);
    },
  };
  const tasks = makeTaskStore(db);
  const move = makeMoveTask({ tasks, recorder, clock });
  const asked: AgentQuestion[] = [];
  const withdrawn: string[] = [];
  const ended: EndedRun[] = [];
  const told: { readonly agent: string; readonly text: string; readonly resume: string | null }[] = [];
  const steered: string[] = [];
  const answered: string[] = [];
  const allowed = new Set<string>();
  const faults: unknown[] = [];
  const onFault = (cause: unknown) => void faults.push(cause);
  const adapters = Object.entries(agents).map(([id, turns]) =>
    makeActor(id, turns, { told, steered, answered }),
  );
  const runTask = makeRunTask({
    ...{ tasks, recorder, move, clock, onFault, runs: makeRunStore(db), workbench: BENCH },
    transcripts: makeTranscriptStore(transcriptsDb, redactText),
    supervisor: {
      startRun: (request) =>
        new OpenRun(request, {
          ...{ mark: `test:run/${request.run}/`, clock, limits: RUN_LIMITS, onFault },
          ...{ killMarked: async () => 0, readTimes: async () => ({ pids: [], cpuMs: 0 }) },
        }),
      endOrphans: async () => 0,
      close: async () => undefined,
    },
    agents: new Map(adapters.map((adapter) => [adapter.id, adapter])),
    ...{
      limits: async () => LIMITS,
      wishesOf: async () => ({ model: null, permission }),
      agentEnvironment: () => ({}),
      contained: true,
      roleOf: () => null,
    },
    ...{ follow: async () => null, letInBy: async () => null, letIn: () => undefined },
    ...{ leaveWaiting: () => undefined, onQueued: (project) => dispatcher.look(project) },
    findOthers: async ({ agent, failures: { tried = [] } }) =>
      Object.keys(agents).filter((name) => name !== agent && !tried.includes(name)),
    openDecision: (question) => `d-${asked.push(question)}`,
    isAllowed: (_task, leave) => allowed.has(leave),
    withdrawDecision: (id) => void withdrawn.push(id),
    onEnded: (one) => void ended.push(one),
    vitals: { started: noop, opened: noop, heard: noop, silent: noop, woke: noop },
  });
  const dispatcher = makeDispatcher({
    ...{ tasks, move, workbench: BENCH, runTask, onFault, clock, follow: async () => null },
    terms: async () => ({ hold: null, concurrency: 4, bounds: { agents: {}, limits: {} } }),
    reroute: async () => null,
    heldBy: (task) => waitsAsTold(task, clock.now()),
  });
  const settle = makeSettleFailure({
    ...{ tasks, move, workbench: BENCH, dispatcher, onFault },
    transcripts: makeTranscriptStore(transcriptsDb, redactText),
    retry: (task, { name }) => {
      move(task, { type: 'task.queued', reason: 'tried again' }, name);
      dispatcher.look('p-1');
    },
  });
  return {
    /** What a person chose about the run that the last question is about. */
    decide: (choice: string) =>
      settle({ task: 't-1', run: asked.at(-1)?.run ?? '', choice, actor: { name: 'Mara', role: 'admin' } }),
    ...{ clock, dispatcher, events, transactions, asked, withdrawn, ended, told, steered, faults },
    ...{ answered, allowed },
    task: () => requireTask(tasks, 't-1'),
    /** Starts a task of the first agent. */
    start: (different: Partial<TaskRecord> = {}) => {
      const [agent = 'nobody'] = Object.keys(agents);
      tasks.put(makeTaskRecord({ agent, state: { kind: 'queued', reason: null }, ...different }));
      dispatcher.look('p-1');
    },
    /** Lets everything happen that needs no time, until something is so. */
    until: async (isSo: () => boolean) => {
      for (let turn = 0; turn < 2000 && !isSo(); turn += 1) await clock.pass(0);
      if (!isSo()) throw new Error(`Waited in vain; faults: ${faults.join(', ')}`);
    },
    [Symbol.asyncDispose]: async () => {
      dispatcher.close();
      db.close();
      transcriptsDb.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

interface Notes {
  readonly told: { readonly agent: string; readonly text: string; readonly resume: string | null }[];
  readonly steered: string[];
  readonly answered: string[];
}

/** An agent that plays its turns one after the other; one without a last event goes on for ever. */
function makeActor(id: string, turns: readonly Turn[], { told, steered, answered }: Notes): AgentAdapter {
  const left = [...turns];
  let sessions = 0;
  const { adapter } = makePuppet();
  return {
    ...{ ...adapter, id, title: id },
    probe: async () => ({
      ...{ installed: true, version: '1', path: null, signedIn: true, healthy: true },
      ...{ problems: [], fix: null },
    }),
    open: async (spec) => {
      const bodies = (left.shift() ?? (() => []))(spec);
      sessions += 1;
      const queue = makeEventQueue<ReturnType<typeof toEvent>>();
      const tell = (body: AgentEventBody) => queue.push(toEvent(body));
      return {
        ...{ nativeId: spec.resume ?? `${id}-session-${sessions}`, pid: 0 },
        run: ({ input }) => {
          told.push({ agent: id, text: input.flatMap(textOf).join(), resume: spec.resume ?? null });
          for (const body of bodies) tell(body);
          return queue.read();
        },
        steer: async (input) => void steered.push(input.flatMap(textOf).join()),
        answer: async (requestId, { decision }) => void answered.push(`${requestId} ${decision}`),
        interrupt: async () => tell({ type: 'turn.end', outcome: 'interrupted' }),
        close: async () => undefined,
      };
    },
  };
}

function toEvent(body: AgentEventBody) {
  return { at: 0, turnId: 't', ...body };
}

function textOf(part: { readonly type: string; readonly text?: string }): string[] {
  return part.text === undefined ? [] : [part.text];
}

function noop(): void {
  return undefined;
}

const BENCH: Workbench = {
  base: async () => ({ kind: 'base', commit: OID }),
  worktree: async () => ({ kind: 'ready', path: '/w', stateDir: '/s', remark: null }),
  commit: async () => ({ kind: 'committed', work: WORK }),
  snapshot: async () => undefined,
  changes: async () => '+++ b/half.ts\n+half of it\n',
  imprint: async () => '',
  follow: async () => ({ kind: 'current' }),
  followed: async () => undefined,
  discard: async () => undefined,
  tend: async () => undefined,
};
