import type { Cost, Run } from '@thalogos/contracts';
import type { AgentAdapter, Answer } from '../agents/agent-adapter.ts';
import type { RunOutcome } from '../agents/run-outcome.ts';
import type { RunHandle, Supervisor } from '../agents/run-request.ts';
import { newId } from '../platform/ids.ts';
import { accessOf, type AgentWishes, cannotHonour } from './agent-access.ts';
import { makeAnswerSilence, type SilenceAnswers, type SilenceDeps } from './answer-silence.ts';
import { makeAskPerson, type AskDeps } from './ask-person.ts';
import type { FollowBase } from './follow-base.ts';
import { requireTask } from './move-task.ts';
import { type RestDeps, restAfterFault, restTask, type SetupProblem, setupProblem } from './rest-task.ts';
import type { TaskRecord } from './task.ts';
import { filesFolder, type TaskFile, turnParts } from './task-files.ts';
import type { TranscriptStore } from './transcript-store.ts';
import { makeTranscriptWriter, type Progress, type TranscriptWriter } from './transcript-writer.ts';
import { turnInput } from './turn-input.ts';
import type { Vitals } from './vitals.ts';

/** How far one run may go. Seconds. */
export interface RunLimits {
  readonly attempts: number;
  readonly run: number;
  readonly notice: number;
  readonly ask: number;
  readonly idle: number;
}

/** A point of view that an agent takes on a task. */
export interface TaskRole {
  /** Put before the task's text. */
  readonly brief: string;
  readonly policy: 'read-only' | 'workspace';
}

/** What running a task needs. */
export interface RunTaskDeps extends AskDeps, RestDeps, SilenceDeps {
  readonly transcripts: TranscriptStore;
  readonly supervisor: Supervisor;
  readonly agents: ReadonlyMap<string, AgentAdapter>;
  readonly limits: (project: string) => Promise<RunLimits>;
  /** Which model a project wants an agent to use, and what it may do. */
  readonly wishesOf: (project: string, agent: string) => Promise<AgentWishes>;
  /** Variables that an agent gets besides what the sandbox allows: the keys it may need, and no other's. */
  readonly agentEnvironment: (agent: string) => Readonly<Record<string, string>>;
  readonly contained: boolean;
  /** What a role says and allows; null for a task without one. */
  readonly roleOf: (name: string | null | undefined) => TaskRole | null;
  /** Brings the task's work onto what main is by now. */
  readonly follow: FollowBase;
  readonly vitals: Vitals;
}

/** A run that is under way, as the use cases on tasks see it. */
export interface OpenTaskRun {
  readonly run: string;
  readonly task: string;
  steer(text: string): Promise<'steered' | 'unsupported' | 'ended'>;
  answer(requestId: string, answer: Answer): Promise<'answered' | 'ended'>;
  /** A person bears with the agent's silence: it begins anew. */
  bear(): void;
  /** Ends the run; settles when the task rests. */
  stop(): Promise<void>;
  /** Ends the run because the server ends: the task rests as interrupted, to be taken up again. */
  interrupt(): Promise<void>;
  /** Shows a person something about the run in its transcript; the agent is not told. */
  say(text: string): void;
  /** Whether its turn has ended and its result is being committed now. */
  isResting(): boolean;
  /** Settles when the task rests, its result committed. */
  readonly rested: Promise<void>;
}

const BY = 'orchestrator';

/** Starts a run of a queued task at a base; the task is `running` when this returns. */
export function makeRunTask(deps: RunTaskDeps) {
  return (task: TaskRecord, base: string): OpenTaskRun => {
    const run: Run = {
      id: newId('r'),
      task: task.id,
      agent: task.agent,
      state: 'starting',
      end: null,
      startedAt: deps.clock.now(),
      endedAt: null,
      error: null,
      cost: null,
      contained: deps.contained,
    };
    const { project, session } = task;
    deps.recorder.transact(() => {
      deps.runs.put(run);
      const data = { run: run.id, agent: task.agent, contained: deps.contained };
      deps.recorder.record({ type: 'run.started', project, session, task: task.id, by: BY, data });
      deps.move(task.id, { type: 'task.started', run: run.id, base }, BY);
    });
    deps.vitals.started(run);
    const input = turnInput(task, deps.roleOf(task.role)?.brief ?? null);
    return new TaskRun(deps, run, { base, input, costBefore: task.cost });
  };
}

/** Who ended a run before its turn was over: a person, or the server that ends itself. */
type StopKind = 'stopped' | 'interrupted';

interface RunStart {
  readonly base: string;
  readonly input: string;
  readonly costBefore: Cost | null;
}

class TaskRun implements OpenTaskRun {
  readonly run: string;
  readonly task: string;
  readonly rested: Promise<void>;
  readonly #deps: RunTaskDeps;
  readonly #run: Run;
  readonly #start: RunStart;
  readonly #writer: TranscriptWriter;
  readonly #settingUp = new AbortController();
  #handle: RunHandle | null = null;
  #stopped: StopKind | null = null;
  #resting = false;

  constructor(deps: RunTaskDeps, run: Run, start: RunStart) {
    this.#deps = deps;
    this.#run = run;
    this.#start = start;
    this.run = run.id;
    this.task = run.task;
    const { transcripts: store, clock } = deps;
    const onProgress = (progress: Progress) => this.#tell(progress);
    this.#writer = makeTranscriptWriter({ run: run.id, task: run.task, store, clock, onProgress });
    this.rested = this.#go().catch((cause: unknown) => restAfterFault(deps, run, cause));
  }

  async steer(text: string) {
    return this.#handle === null ? 'ended' : this.#handle.steer([{ type: 'text', text }]);
  }

  async answer(requestId: string, answer: Answer) {
    return this.#handle === null ? 'ended' : this.#handle.answer(requestId, answer);
  }

  bear(): void {
    this.#handle?.bear();
  }

  stop(): Promise<void> {
    return this.#stop('stopped');
  }

  interrupt(): Promise<void> {
    return this.#stop('interrupted');
  }

  say(text: string): void {
    if (!this.#resting) this.#writer.note(text);
  }

  isResting(): boolean {
    return this.#resting;
  }

  async #stop(kind: StopKind): Promise<void> {
    this.#stopped ??= kind;
    this.#settingUp.abort();
    await this.#handle?.stop();
    await this.rested;
  }

  async #go(): Promise<void> {
    const outcome = await this.#attempt();
    this.#resting = true;
    if (outcome.kind === 'completed') await this.#follow();
    if (outcome.kind !== 'setup') this.#writer.leftOut(outcome.dropped);
    this.#writer.flush();
    const isOurs = this.#stopped === 'interrupted' && outcome.kind === 'cancelled';
    await restTask(this.#deps, this.#run, isOurs ? { ...outcome, kind: 'interrupted' } : outcome);
  }

  /** Between turns nobody writes in the worktree, so main may come in. */
  async #follow(): Promise<void> {
    const note = await this.#deps.follow(this.task);
    if (note !== null) this.#writer.note(note);
  }

  async #attempt(): Promise<RunOutcome | SetupProblem> {
    const { workbench, agents, tasks } = this.#deps;
    const task = requireTask(tasks, this.task);
    const place = await workbench.worktree(task, this.#start.base, this.#settingUp.signal);
    if (this.#stopped !== null) return { kind: 'cancelled', ...NOTHING_SAID };
    if (place.kind === 'setup-failed') return setupProblem(`${place.command.join(' ')} failed: ${place.log}`);
    if (place.kind === 'not-trusted')
      return setupProblem("The project's setup commands are not trusted yet.");
    if (place.kind === 'not-current')
      return setupProblem(`What a person changed in its result could not be brought in: ${place.why}.`);
    if (place.remark !== null) this.#writer.note(place.remark);
    const adapter = agents.get(task.agent);
    if (adapter === undefined) return setupProblem(`There is no agent ${task.agent} on this machine.`);
    const { version } = await adapter.probe();
    // Its worktree holds what people made of its result; what it does from here on stands on that.
    tasks.put({ ...requireTask(tasks, this.task), agentVersion: version, edited: null });
    const [limits, wishes] = await Promise.all([
      this.#deps.limits(task.project),
      this.#deps.wishesOf(task.project, task.agent),
    ]);
    if (this.#stopped !== null) return { kind: 'cancelled', ...NOTHING_SAID };
    const refused = cannotHonour(wishes.permission, task.agent, adapter.capabilities.approvals);
    if (refused !== null) return setupProblem(refused);
    return this.#resumeOrBegin({ task, adapter, place, limits, wishes });
  }

  /** A session that can't be taken up again must not keep the task from going on. */
  async #resumeOrBegin(work: Supervised): Promise<RunOutcome> {
    this.#writer.input(this.#start.input);
    const outcome = await this.#supervise(work, work.task.nativeId);
    if (work.task.nativeId === null || this.#stopped !== null || !isUnknownSession(outcome)) return outcome;
    this.#writer.note('Its earlier session could not be taken up again; it begins a new one.');
    return this.#supervise(work, null);
  }

  #supervise(
    { task, adapter, place, limits, wishes }: Supervised,
    resume: string | null,
  ): Promise<RunOutcome> {
    const { supervisor, agentEnvironment, vitals, workbench } = this.#deps;
    const { files = [] } = place;
    const ask = makeAskPerson(this.#deps, this.#run, { grant: (id, title) => this.#grant(id, title) });
    const silence = this.#answerSilence();
    const handle = supervisor.startRun({
      run: this.run,
      adapter,
      spec: {
        cwd: place.path,
        stateDir: place.stateDir,
        ...accessOf(wishes.permission, {
          role: this.#deps.roleOf(task.role)?.policy ?? null,
          contained: this.#deps.contained,
        }),
        mcp: [],
        ...(wishes.model === null ? {} : { model: wishes.model }),
        ...filesFolder(files, agentEnvironment(task.agent)),
        ...(resume === null ? {} : { resume }),
      },
      input: turnParts(this.#start.input, files, {
        images: adapter.capabilities.images,
        isResumed: resume !== null,
      }),
      deadlineMs: limits.run * 1000,
      idleMs: limits.idle * 1000,
      noticeMs: limits.notice * 1000,
      askMs: limits.ask * 1000,
      onSilent: silence.silent,
      onHeard: silence.heard,
      readFiles: () => workbench.imprint(requireTask(this.#deps.tasks, this.task)),
      onOpened: ({ nativeId, pid }) => {
        keepNativeId(this.#deps, this.#run, nativeId);
        vitals.opened(this.#run, { pid, lose: (reason) => handle.lose(reason) });
      },
      onEvent: (event) => {
        vitals.heard(this.#run, event.type);
        this.#writer.take(event);
        ask.take(event);
      },
    });
    this.#handle = handle;
    return handle.done;
  }

  /** What a person has allowed for this task is not asked again; the transcript says so. */
  #grant(requestId: string, title: string): void {
    this.#writer.note(`Allowed without asking, as a person said for this task: ${title}`);
    void this.answer(requestId, { decision: 'allow' }).catch(this.#deps.onFault);
  }

  #answerSilence(): SilenceAnswers {
    const { vitals, onFault } = this.#deps;
    const answers = makeAnswerSilence(this.#deps, this.#run, {
      say: (text) => this.say(text),
      // Not every agent can be asked in the middle of a turn; the person is asked all the same.
      steer: (text) => void this.steer(text).catch(onFault),
    });
    return {
      silent: (silence) => {
        vitals.silent(this.#run, silence);
        answers.silent(silence);
      },
      heard: () => {
        vitals.woke(this.#run);
        answers.heard();
      },
    };
  }

  /** Shows on the graph what the agent does now. */
  #tell(progress: Progress): void {
    const { recorder, tasks } = this.#deps;
    recorder.transact(() => {
      const task = requireTask(tasks, this.task);
      const { lastLine, plan } = progress;
      const cost = addCost(this.#start.costBefore, progress.cost);
      tasks.put({ ...task, lastLine, plan, cost });
      const { project, session, agent } = task;
      const data = { run: this.run, ...progress, cost };
      recorder.record({ type: 'transcript.extended', project, session, task: this.task, by: agent, data });
    });
  }
}

interface Supervised {
  readonly task: TaskRecord;
  readonly adapter: AgentAdapter;
  readonly place: { readonly path: string; readonly stateDir: string; readonly files?: readonly TaskFile[] };
  readonly limits: RunLimits;
  readonly wishes: AgentWishes;
}

/** Whether an agent did not know the session that it was to go on with. */
function isUnknownSession(outcome: RunOutcome): boolean {
  if (outcome.kind !== 'failed' || outcome.nativeId !== null) return false;
  return outcome.error.class === 'bad-request' || outcome.error.class === 'other';
}

const NOTHING_SAID = { text: null, usage: null, dropped: 0, nativeId: null };

/** The resume key is kept at once: after a crash it is the only way back into the agent's own session. */
function keepNativeId({ tasks, runs, recorder }: RunTaskDeps, run: Run, nativeId: string): void {
  recorder.transact(() => {
    runs.put({ ...run, state: 'working' });
    tasks.put({ ...requireTask(tasks, run.task), nativeId });
  });
}

function addCost(before: Cost | null, now: Cost | null): Cost | null {
  if (before === null || now === null) return now ?? before;
  const usd = before.usd === null && now.usd === null ? null : (before.usd ?? 0) + (now.usd ?? 0);
  return { tokens: before.tokens + now.tokens, usd };
}
