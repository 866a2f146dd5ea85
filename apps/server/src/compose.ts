import { sep } from 'node:path';
import type { Actor } from './access/role.ts';
import { composeCalls } from './compose-calls.ts';
import type { Compose, Composition } from './compose-contract.ts';
import { closeGround, openGround } from './compose-ground.ts';
import { composeParts, type Parts } from './compose-parts.ts';
import { isTaskDue, queueMetrics } from './compose-scheduling.ts';
import { healthMetrics } from './health/health-metrics.ts';
import { startGuide } from './conversation/guide.ts';
import { recoverTalk } from './conversation/recover-talk.ts';
import { startGitHelper } from './git/helper.ts';
import { killMarked } from './platform/marked-processes.ts';
import { markOf } from './platform/process.ts';
import { chooseSandbox } from './sandbox/choose-sandbox.ts';
import { makeRecoverTasks } from './tasks/recover-tasks.ts';

/** Wires all parts together; nothing else does. What was opened here is closed here, in reverse. */
export const compose: Compose = async (input) => {
  const ground = openGround(input);
  const { config, paths } = input;
  const { environment, sandbox: wanted } = config;
  const [git, sandbox] = await Promise.all([
    startGitHelper({
      dataDirectory: paths.root,
      instance: ground.instance,
      hostEnvironment: environment,
    }),
    chooseSandbox({ host: environment, dataDirectory: paths.root, wanted }),
  ]);
  const parts = composeParts(ground, git, sandbox);
  startGuide(parts.bus, parts.chat, {
    sessionOf: (project) => parts.sessions.current(project)?.id ?? null,
    titleOf: (task) => parts.taskStore.find(task)?.title ?? null,
  });
  return describe(parts);
};

function describe(parts: Parts): Composition {
  const { dispatcher, saves, projects, sessions, db, events } = parts;
  const everySession = () => projects.list().flatMap(({ id }) => sessions.list(id));
  return {
    calls: composeCalls(parts),
    joinTerminal: parts.visits.join,
    events,
    checks: () => ({ storage: db.open ? 'ok' : 'failed', event_bus: 'ok' }),
    health: () => ({
      activeSessions: everySession().filter(({ state }) => state === 'active').length,
      failedAgents: parts.health.failing(),
      isDegraded: parts.health.degraded() !== null,
    }),
    metrics: () => [...healthMetrics(parts.health), ...queueMetrics(parts)],
    isBusy: () =>
      dispatcher.openRuns().length > 0 ||
      isTaskDue(parts) ||
      projects.list().some(({ id }) => saves.isFrozen(id)),
    begin: () => begin(parts),
    refuseWork: () => dispatcher.close(),
    close: () => close(parts),
  };
}

/** Ends what an earlier server left running, mends what it left half done, then starts what waits. */
async function begin(parts: Parts): Promise<void> {
  const { supervisor, saves, projects, dispatcher, bus, instance, recorder, input } = parts;
  await supervisor.endOrphans();
  await Promise.all(['setup/', 'check/', 'visit/'].map((what) => killMarked(markOf(instance, what))));
  const {
    taskStore: tasks,
    runs,
    clock,
    move,
    workbench,
    leaveWaiting,
    onFault,
  } = { ...parts, clock: input.clock };
  await makeRecoverTasks({ tasks, runs, recorder, clock, move, workbench, leaveWaiting, onFault })();
  await saves.recover();
  parts.attachments.recover();
  await parts.branches.recover();
  await bus.initialize();
  recoverTalk(
    parts.chat,
    projects.list().flatMap(({ id }) => parts.sessions.list(id)),
  );
  recorder.transact(() => {
    const about = { project: null, session: null, task: null, by: 'orchestrator' };
    recorder.record({
      ...about,
      type: 'server.started',
      data: { version: input.version, build: input.build },
    });
  });
  for (const { id } of projects.list()) {
    dispatcher.look(id);
    parts.branches.look(id);
  }
  parts.search.start();
  parts.opened.project = await openFirst(parts);
}

/** The project that a console shows first: the one asked for, else the one the person stands in, else the demonstration. */
async function openFirst({ projects, input, onFault }: Parts): Promise<string | null> {
  const { demo, repository, calledFrom, owner } = input.config;
  const actor: Actor = { name: owner, role: 'admin' };
  const demonstrate = async () => (await projects.demonstrate(actor)).project.id;
  try {
    if (demo) return await demonstrate();
    if (repository !== null) return (await projects.register(repository, actor)).id;
    if (calledFrom === null) return null;
    const found = await projects.look(calledFrom);
    const isOurOwn = import.meta.dirname.startsWith(`${found.path}${sep}`);
    return found.usable && !isOurOwn ? (await projects.register(found.path, actor)).id : await demonstrate();
  } catch (cause) {
    // The console can still open another project; it says what is wrong with this one when it is asked for.
    onFault(cause);
    return null;
  }
}

async function close(parts: Parts): Promise<void> {
  const { dispatcher, saves, branches, supervisor, bus, git } = parts;
  dispatcher.close();
  await parts.visits.close();
  await parts.talk.close();
  const pushed = branches.close();
  await saves.close();
  await dispatcher.quiet();
  await interruptRuns(parts);
  await supervisor.close();
  await parts.health.close();
  await parts.search.close();
  await bus.stop();
  await git.close();
  await pushed;
  await closeGround(parts);
}

/** Brings open runs to rest as interrupted: the person did not stop them, the server's end does. */
async function interruptRuns({ dispatcher }: Parts): Promise<void> {
  await Promise.all(dispatcher.openRuns().map((run) => run.interrupt()));
}
