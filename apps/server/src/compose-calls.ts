import type { AgentInfo } from '@thalogos/contracts';
import type { AgentCalls } from './agents/agents.api.ts';
import type { Calls } from './api/router.ts';
import type { Parts } from './compose-parts.ts';
import { composeLog } from './compose-log.ts';
import { composeChanges } from './compose-changes.ts';
import { planningCalls } from './compose-planning.ts';
import { conversationCalls } from './compose-conversation.ts';
import { readMachine } from './ops/machine.ts';
import { makeOps, type ProjectStatus } from './ops/make-ops.ts';
import type { OpsCalls } from './ops/ops.api.ts';
import { allowedEnvironment } from './platform/process.ts';
import type { ProjectCalls } from './projects/projects.api.ts';
import { makeReview, type ReviewDeps } from './review/review.ts';
import type { ReviewCalls } from './review/review.api.ts';
import { makeArrangementStore } from './sessions/arrangement-store.ts';
import { makeArrangements } from './sessions/arrangements.ts';
import { makeSettleFailure } from './tasks/settle-failure.ts';
import { makeContests } from './tasks/contest.ts';
import { makeTaskCalls } from './tasks/task-calls.ts';
import type { TaskCalls } from './tasks/tasks.api.ts';
import { makeTimeline } from './timeline/timeline.ts';

/** Everything that can be called, made of the parts. */
export function composeCalls(parts: Parts): Calls {
  const { sessions, saves } = parts;
  const projects = projectCalls(parts);
  const planning = planningCalls(parts, { saysGoal: true });
  const { taskStore, runs, transcripts, move, workbench, dispatcher, adapters } = parts;
  const agentNames = adapters.map(({ id }) => id);
  const tasks = makeTaskCalls({
    tasks: taskStore,
    runs,
    transcripts,
    move,
    workbench,
    dispatcher,
    contests: makeContests({
      ...{ tasks: taskStore, runs, recorder: parts.recorder, move, workbench, dispatcher },
      readDiff: parts.readDiff,
      knownChecks: saves.knownChecks,
    }),
    agentNames,
    isPublishing: saves.isPublishing,
    ...{ recorder: parts.recorder, onFault: parts.onFault, leaveWaiting: parts.leaveWaiting },
    clock: parts.input.clock,
  });
  const { changes, markJudged } = composeChanges(parts);
  const review = reviewCalls(parts, { projects, calls: tasks, markJudged });
  const ops = opsCalls(parts);
  const conflicts = parts.conflicts.callsWith((order, by, within) => planning.order(order, by, within));
  const timeline = timelineCalls(parts);
  const conversation = conversationCalls(parts, {
    planning: planningCalls(parts, { saysGoal: false }),
    ...{ tasks, ops, conflicts, timeline, review },
  });
  return {
    ...{ projects, planning, tasks, review, changes, saves, conflicts, timeline, conversation, ops },
    sessions: { ...sessions, ...arrangementCalls(parts) },
    ...{ branches: parts.branches, visits: parts.visits.calls },
    agents: agentCalls(parts),
    ...{ attachments: parts.attachments, search: parts.search, events: composeLog(parts) },
  };
}

function timelineCalls({ projects, timeline: book, keys, audit, recorder, saves }: Parts) {
  return makeTimeline({
    ...{ book, keys, audit, recorder },
    place: projects.place,
    isFrozen: saves.isFrozen,
  });
}

/** How the panels of a session stand, on the server's database. */
function arrangementCalls({ db, sessions, recorder }: Parts) {
  return makeArrangements({
    store: makeArrangementStore(db),
    hasSession: (session) => sessions.find(session) !== null,
    transact: recorder.transact,
  });
}

/** An agent that is switched on again may have tasks waiting for it, in any project. */
function agentCalls(parts: Parts): AgentCalls {
  const { scheduler, projects, dispatcher } = parts;
  const list = () => listWithRecords(parts);
  return {
    list,
    switch: async ({ agent, isOn }, actor) => {
      scheduler.switchAgent(agent, isOn, actor);
      for (const { id } of projects.list()) dispatcher.look(id);
      return list();
    },
  };
}

/** The agents of this machine with how their runs went since the server was started. */
async function listWithRecords({ listAgents, health }: Parts): Promise<readonly AgentInfo[]> {
  return (await listAgents()).map((agent) => {
    const record = health.recordOf(agent.name);
    return record === undefined ? agent : { ...agent, record };
  });
}

/** Trust is what standing holds wait for, so accepting it lets the queue go on. */
function projectCalls({ projects, decisions, dispatcher, branches, taskStore, move }: Parts): ProjectCalls {
  return {
    ...projects,
    acceptTrust: async (input, actor) => {
      const trust = await projects.acceptTrust(input, actor);
      decisions.withdrawOfKind(input.project, 'trust');
      for (const { id, state } of taskStore.ofProject(input.project)) {
        if (state.kind === 'blocked' && state.on.length === 0) {
          move(id, { type: 'task.queued', reason: 'the project file is trusted now' }, actor.name);
        }
      }
      dispatcher.look(input.project);
      branches.look(input.project);
      return trust;
    },
  };
}

function reviewCalls(
  parts: Parts,
  {
    projects,
    calls,
    markJudged,
  }: {
    readonly projects: ProjectCalls;
    readonly calls: Pick<TaskCalls, 'retry'>;
    readonly markJudged: ReturnType<typeof composeChanges>['markJudged'];
  },
): ReviewCalls {
  const { tasks, decisions, audit, recorder, readDiff, taskStore, move, conflicts } = parts;
  /** A task goes on once nothing that its run asked is open any more. */
  const goOn = ({ task, run, by }: { task: string; run: string; by: string }) => {
    if (decisions.openOfRun(run).length > 0 || taskStore.find(task)?.state.kind !== 'waiting') return;
    move(task, { type: 'task.continued', run }, by);
  };
  const settleFailure = makeSettleFailure({
    ...{ tasks: taskStore, move, workbench: parts.workbench, dispatcher: parts.dispatcher },
    transcripts: parts.transcripts,
    retry: (task, actor) => void calls.retry({ task }, actor),
    onFault: parts.onFault,
  });
  const deliverAnswer: ReviewDeps['deliverAnswer'] = async ({ decision: id, because }, actor) => {
    const { kind, run, task, requestId, answer, project } = decisions.find(id);
    if (kind === 'trust' && answer === 'trust' && requestId !== null) {
      await projects.acceptTrust({ project, hash: requestId }, actor);
    }
    if (run === null || task === null || answer === null) return;
    if (kind === 'failure' || kind === 'silence') return settleFailure({ task, run, choice: answer, actor });
    if (requestId === null) return;
    goOn({ task, run, by: actor.name });
    await tasks.answer(run, requestId, { kind, choice: answer, because });
  };
  return makeReview({
    tasks: { ...tasks, diff: readDiff },
    decisions,
    audit,
    transact: recorder.transact,
    prepareApproval: conflicts.prepareApproval,
    onJudged: markJudged,
    deliverAnswer,
  });
}

/** Looks at the disk and the worktrees whenever it is asked. */
function machineOf(paths: Parts['input']['paths'], projects: Pick<Parts['projects'], 'list'>) {
  return () =>
    readMachine(
      paths.root,
      projects.list().map(({ id }) => paths.project(id)),
    );
}

function opsCalls({
  input,
  listAgents,
  db,
  log,
  sandbox,
  projects,
  sessions,
  tasks,
  saves,
  decisions,
  opened,
  health,
}: Parts): OpsCalls {
  const { config, paths, server, version, build, stop } = input;
  const statusOf = (id: string | undefined): ProjectStatus => {
    if (id === undefined) return { project: null, session: null, tasks: {}, save: null, decisions: 0 };
    const { path, branch, head } = projects.get(id);
    const session = sessions.current(id);
    const save = saves.current(id);
    return {
      project: { id, path, branch, head },
      session: session === null ? null : { id: session.id, state: session.state },
      tasks: tasks.counts(id),
      save: save === null || save.outcome !== null ? null : { id: save.id, stage: save.stage },
      decisions: decisions.listOpen(id).length,
    };
  };
  return makeOps({
    ...{ server, version, build, stop, statusOf },
    patient: {
      dataDirectory: paths.root,
      environment: allowedEnvironment(config.environment),
      sqliteVersion: () =>
        db.prepare<[], { v: string }>('SELECT sqlite_version() AS v').get()?.v ?? 'unknown',
      agents: listAgents,
      contained: sandbox.contained,
      degraded: () => health.degraded()?.reason ?? null,
    },
    seq: () => log.lastSync(),
    planner: () => config.models.planner,
    machine: machineOf(paths, projects),
    contained: () => sandbox.contained,
    opened: () => opened.project,
    degraded: () => health.degraded(),
    leaveDegraded: ({ name }) => health.leave(name),
  });
}
