import { SqliteMessageStore } from '@thalogos/smalltalk';
import type { AgentAdapter } from './agents/agent-adapter.ts';
import { makeAdapters } from './agents/adapters.ts';
import { readCodexSettings } from './agents/codex/read-settings.ts';
import { makeListAgents } from './agents/list-agents.ts';
import type { Supervisor } from './agents/run-request.ts';
import { makeSupervisor } from './agents/supervisor.ts';
import type { Attachments } from './attachments/attachments.ts';
import type { Branches } from './branches/branches.ts';
import { composeAttachments, withFiles } from './compose-attachments.ts';
import { composeBranches } from './compose-branches.ts';
import { composeConflicts } from './compose-conflicts.ts';
import { composeHealth, makeFindOthers } from './compose-health.ts';
import { composeTalk, type Talk } from './compose-talk.ts';
import { composeModels } from './compose-models.ts';
import { composeSearch } from './compose-search.ts';
import { composeVisits, withVisitors } from './compose-visits.ts';
import type { Ground } from './compose-ground.ts';
import { composeScheduling, heldBy, makeReroute } from './compose-scheduling.ts';
import { askForTrust, letInBy, settleSessions, tellMoved } from './compose-rules.ts';
import type { Conflicts } from './conflicts/conflicts.ts';
import { readsOnlyBecause, wishesOf } from './compose-permission.ts';
import { type Chat, makeChat } from './conversation/chat.ts';
import type { Git, SigningKey } from './git/git.ts';
import type { AgentsHealth } from './health/agents-health.ts';
import { roleNamed } from './planning/roles.ts';
import type { Models } from './models/models.ts';
import { pickVariables } from './platform/pick-variables.ts';
import { allowedEnvironment, markOf, NETWORK_VARIABLES } from './platform/process.ts';
import { gatePaths } from './policy/gate-paths.ts';
import { makeProjects, type Projects } from './projects/projects.ts';
import { makeDecisionStore } from './review/decision-store.ts';
import { type Decisions, makeDecisions } from './review/decisions.ts';
import type { Sandbox } from './sandbox/contain.ts';
import { armFailpoint, parseFailpoint, unarmed } from './saves/failpoints.ts';
import { makeSaves, type Saves } from './saves/saves.ts';
import { makeSigningKeys } from './saves/signing-keys.ts';
import { makeSessionStore, type SessionStore } from './sessions/session-store.ts';
import { makeSessions, type Sessions } from './sessions/sessions.ts';
import { FALLBACK_AGENT } from './scheduling/profiles.ts';
import type { Scheduler } from './scheduling/scheduler.ts';
import type { Search } from './search/search.ts';
import { type Dispatcher, makeDispatcher } from './tasks/dispatcher.ts';
import { makeFollowBase } from './tasks/follow-base.ts';
import { makeGitWorkbench } from './tasks/git-workbench.ts';
import { makeFindTerms, waitsAsTold } from './tasks/hold.ts';
import { FOR_THIS_TASK } from './tasks/leave.ts';
import { makeMoveTask, type MoveTask, requireTask } from './tasks/move-task.ts';
import { makeReadDiff } from './tasks/read-diff.ts';
import { makeRunStore, type RunStore } from './tasks/run-store.ts';
import { makeRunTask } from './tasks/run-task.ts';
import { makeTaskStore, type TaskStore } from './tasks/task-store.ts';
import { makeTasks, type Tasks } from './tasks/tasks.ts';
import { makeTranscriptStore, type TranscriptStore } from './tasks/transcript-store.ts';
import type { Workbench } from './tasks/workbench.ts';
import type { Visits } from './visits/visits.ts';
import { makeTimelineBook, type TimelineBook } from './timeline/timeline-book.ts';

/** What keeps records of its own and knows nothing of the others. */
interface Books {
  readonly taskStore: TaskStore;
  readonly runs: RunStore;
  readonly transcripts: TranscriptStore;
  readonly move: MoveTask;
  readonly decisions: Decisions;
  readonly sessionStore: SessionStore;
  readonly chat: Chat;
  readonly attachments: Attachments;
  readonly timeline: TimelineBook;
  readonly leaveWaiting: (task: string, run: string) => void;
}

/** Where repositories and agents are. */
interface Places {
  readonly git: Git;
  readonly keys: { signing(): Promise<SigningKey> };
  readonly projects: Projects;
  readonly adapters: readonly AgentAdapter[];
  readonly sandbox: Sandbox;
  readonly listAgents: ReturnType<typeof makeListAgents>;
  readonly supervisor: Supervisor;
  readonly scheduler: Scheduler;
  readonly workbench: Workbench;
  readonly visits: Visits;
}

/** The parts that the calls from outside are made of. */
export interface Parts extends Ground, Books, Places {
  readonly sessions: Sessions;
  readonly saves: Saves;
  readonly conflicts: Conflicts;
  readonly branches: Branches;
  readonly tasks: Tasks;
  readonly dispatcher: Dispatcher;
  readonly models: Models;
  readonly talk: Talk;
  readonly health: AgentsHealth;
  readonly readDiff: ReturnType<typeof makeReadDiff>;
  readonly search: Search;
  /** The project that the server was started on, once it is known. */
  readonly opened: { project: string | null };
}

/** Makes every part, each of the ones before it. */
export function composeParts(ground: Ground, git: Git, sandbox: Sandbox): Parts {
  const books = openBooks(ground);
  const places = findPlaces(ground, books, { git, sandbox });
  const models = composeModels(ground, places);
  const talk = composeTalk(ground, { chat: books.chat, models });
  return composeWork({ ...ground, ...books, ...places, models, talk });
}

function openBooks({ input, db, transcriptsDb, recorder }: Ground): Books {
  const { clock, redactor } = input;
  const taskStore = makeTaskStore(db);
  const move = makeMoveTask({ tasks: taskStore, recorder, clock });
  const attachments = composeAttachments({ input, db, recorder });
  const decisions = makeDecisions({ store: makeDecisionStore(db), recorder, clock });
  return {
    taskStore,
    move,
    decisions,
    sessionStore: makeSessionStore(db),
    runs: makeRunStore(db),
    transcripts: makeTranscriptStore(transcriptsDb, redactor.redactText),
    attachments,
    chat: makeChat({
      ...{ recorder, clock, takeAttachments: attachments.take },
      store: new SqliteMessageStore({ database: db }),
    }),
    timeline: makeTimelineBook(db),
    leaveWaiting: (task, run) => {
      decisions.withdrawOfRun(run, 'orchestrator');
      if (requireTask(taskStore, task).state.kind !== 'waiting') return;
      move(task, { type: 'task.continued', run }, 'orchestrator');
    },
  };
}

function findPlaces(
  { input, db, recorder, audit, instance, onFault }: Ground,
  { timeline, sessionStore, taskStore, runs }: Books,
  { git, sandbox }: { git: Git; sandbox: Sandbox },
): Places {
  const { config, paths, clock, version } = input;
  const { environment, agents } = config;
  const keys = makeSigningKeys({ git, dataDirectory: paths.root });
  const codex = { path: agents.codexPath, settings: readCodexSettings(agents.codexConfig) };
  const adapters = makeAdapters({ sandbox, clock, host: environment, codex, model: config.models });
  const projects = makeProjects({
    ...{ db, recorder, clock, git, audit, dataDirectory: paths.root },
    ...{
      start: sandbox.command('setup'),
      environment: allowedEnvironment(environment, {}, NETWORK_VARIABLES),
    },
    landed: (project) => timeline.last(project)?.entry.commit ?? null,
  });
  const agentNames = adapters.map(({ id }) => id);
  const ground = { db, recorder, input };
  const { scheduler, watched } = composeScheduling(ground, { taskStore, runs, agentNames });
  const workbench = makeGitWorkbench({
    ...{ projects, clock, version, signingKey: keys.signing },
    sessionBase: (session) => sessionStore.find(session)?.base?.commit ?? null,
    tasksOf: (project) => taskStore.ofProject(project),
    readsOnlyBecause: (task) => readsOnlyBecause(projects, task),
    markOf: (what) => markOf(instance, what),
  });
  const visits = composeVisits(
    { input, recorder, audit, instance, onFault },
    { taskStore, projects, sandbox },
  );
  return {
    ...{ git, keys, projects, adapters, sandbox, scheduler },
    listAgents: makeListAgents({ adapters, contained: sandbox.contained, standing: scheduler.standing }),
    supervisor: watched(makeSupervisor({ instance, clock, onFault })),
    visits,
    workbench: withVisitors(workbench, visits, taskStore),
  };
}

type Made = Ground & Books & Places & Pick<Parts, 'models' | 'talk'>;

/** The parts below know each other; each reaches the later ones only when something happens. */
function composeWork(made: Made): Parts {
  const { input, recorder, taskStore, sessionStore, timeline, move, projects, workbench, onFault } = made;
  const { clock } = input;
  const look = (project: string): void => dispatcher.look(project);
  const sessions = makeSessions({
    ...{ store: sessionStore, recorder, clock, onResumed: look },
    findCheckpoint: (project, tag) => timeline.find(project, tag)?.entry.commit ?? null,
    isBusy: (session) => tasks.isBusy(session),
  });
  const health = composeHealth(made, look);
  const isPublishing = (project: string) => saves.isPublishing(project);
  const ruling = { tasks: taskStore, recorder, clock, move, onQueued: look, isPublishing };
  const follow = makeFollowBase({ tasks: taskStore, move, workbench, onFault });
  const runTask = makeRunTask({
    ...{ ...ruling, follow },
    ...runParts(made),
    ...{ vitals: health, onEnded: health.ended.bind(health) },
    letInBy: (task, result) => letInBy(parts, task, result),
    letIn: (task, tree, by) => void tasks.letIn(task, tree, by),
  });
  const dispatcher: Dispatcher = makeDispatcher({
    ...{ tasks: taskStore, move, workbench, runTask, follow, onFault, clock },
    reroute: makeReroute({ ...made, clock }),
    heldBy: (task, bounds) =>
      health.heldBy() ?? waitsAsTold(task, clock.now()) ?? heldBy(made.scheduler, task, bounds),
    terms: makeFindTerms({
      projects,
      pausedBecause: sessions.pausedBecause,
      isSaving: (project) => saves.isFrozen(project),
      askForTrust: (project, settings) => askForTrust(made, project, settings),
    }),
  });
  const tasks: Tasks = makeTasks({ ...ruling, workbench, dispatcher, routing: made.scheduler });
  const conflicts: Conflicts = composeConflicts(made, () => saves);
  const branches = composeBranches(made);
  const saves = composeSaves(made, tasks, { conflicts, branches });
  saves.onThawed((project) => {
    settleSessions(parts, project);
    tellMoved(parts, project);
    look(project);
    branches.look(project);
  });
  const readDiff = makeReadDiff({ tasks: taskStore, projects });
  const parts: Parts = {
    ...{ ...made, sessions, dispatcher, tasks, saves, conflicts, branches, readDiff, health },
    search: composeSearch(made, { transcripts: made.transcripts, readDiff }),
    opened: { project: null },
  };
  return parts;
}

function runParts({ input, runs, transcripts, supervisor, leaveWaiting, onFault, ...made }: Made) {
  const { adapters, sandbox, decisions, projects } = made;
  const { environment, agents } = input.config;
  return {
    ...{ runs, transcripts, supervisor, leaveWaiting, onFault, contained: sandbox.contained },
    workbench: withFiles(made.workbench, made, made.attachments),
    roleOf: roleNamed,
    agents: new Map(adapters.map((adapter) => [adapter.id, adapter])),
    // Each adapter hands its agent the keys of its own vendor; the scripted one calls none and is given nobody's.
    agentEnvironment: (agent: string) =>
      agent === FALLBACK_AGENT ? {} : pickVariables(environment, agents.moreKeyNames),
    findOthers: makeFindOthers(made),
    withdrawDecision: (id: string) => decisions.withdraw(id, 'orchestrator'),
    openDecision: (question: Parameters<Decisions['open']>[0], by: string) => decisions.open(question, by).id,
    isAllowed: (task: string, leave: string) => decisions.wasAnswered(task, leave, FOR_THIS_TASK),
    limits: async (project: string) => (await projects.settingsAt(project, null)).config.limits,
    wishesOf: (project: string, agent: string) => wishesOf(projects, project, agent),
  };
}

function composeSaves(
  { input, db, recorder, git, projects, audit, keys, timeline, instance, sandbox }: Made,
  tasks: Tasks,
  { conflicts, branches }: { conflicts: Conflicts; branches: Branches },
): Saves {
  const { config, clock, logger, redactor, version } = input;
  const failpoint = config.failpoint === null ? null : parseFailpoint(config.failpoint.name);
  return makeSaves({
    ...{ db, recorder, clock, git, audit, conflicts, keys, timeline, instance, logger, version },
    tasks: {
      ...tasks,
      markSaved: (ids, landing) => tasks.markSaved([...ids, ...conflicts.landedWith(ids)], landing),
    },
    projects: { ...projects, ids: () => projects.list().map(({ id }) => id) },
    environment: allowedEnvironment(config.environment),
    startCheck: sandbox.command('check'),
    gatePaths,
    askOutside: branches.awaitForge,
    redactText: redactor.redactText,
    failpoint: failpoint === null ? unarmed : armFailpoint(failpoint, config.failpoint?.nth),
  });
}
