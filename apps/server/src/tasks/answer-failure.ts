import type { Decision, Run } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { AgentQuestion } from './ask-person.ts';
import { decideRecovery, type Failure, type Recovery } from './decide-recovery.ts';
import { handOffNote } from './hand-off.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import type { TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import { lastWords } from './last-words.ts';
import type { TranscriptStore } from './transcript-store.ts';
import type { Workbench } from './workbench.ts';

/** What answering a failure needs. */
export interface AnswerDeps {
  readonly tasks: TaskStore;
  readonly clock: Clock;
  readonly move: MoveTask;
  readonly workbench: Workbench;
  readonly transcripts: Pick<TranscriptStore, 'before'>;
  /** How often a failure is tried again by itself. */
  readonly limits: (project: string) => Promise<{ readonly attempts: number }>;
  /** Who could take a task over after a failure of this class, the best first; nobody where the project wants that. */
  readonly findOthers: (task: TaskRecord, failureClass: string) => Promise<readonly string[]>;
  /** Opens a decision inside the caller's transaction and gives its id. */
  readonly openDecision: (question: AgentQuestion, by: string) => string;
  readonly onFault: (cause: unknown) => void;
}

/** What will be done about a failure, with everything at hand that it takes. */
export interface PlannedAnswer {
  readonly recovery: Recovery;
  readonly why: string;
  /** What the next agent is told; null where nobody takes over. */
  readonly note: string | null;
}

const BY = 'orchestrator';

/** Works out what is done about a failure; nothing is changed, so a server that dies here has a run that it finds open. */
export async function planAnswer(
  deps: AnswerDeps,
  run: Run,
  { failure, words }: { readonly failure: Failure; readonly words: string | null },
): Promise<PlannedAnswer> {
  const task = requireTask(deps.tasks, run.task);
  const { attempts } = await deps.limits(task.project);
  const others = await findOthers(deps, task, failure);
  const recovery = decideRecovery(task, failure, { attempts, others, now: deps.clock.now() });
  const why = failure.message;
  const note = recovery.kind === 'hand-over' ? await writeNote(deps, task, { why, words }) : null;
  return { recovery, why, note };
}

/** Nobody to ask is an answer too: a person is asked instead. */
async function findOthers(deps: AnswerDeps, task: TaskRecord, failure: Failure): Promise<readonly string[]> {
  try {
    return await deps.findOthers(task, failure.class);
  } catch (cause) {
    deps.onFault(cause);
    return [];
  }
}

/** Writes down what the agent of a task left, for the one that takes over. */
export async function writeNote(
  { workbench, transcripts, onFault }: Pick<AnswerDeps, 'workbench' | 'transcripts' | 'onFault'>,
  task: TaskRecord,
  { why, words }: { readonly why: string; readonly words: string | null },
): Promise<string> {
  const said = words ?? lastWords(transcripts, { task: task.id, run: task.run });
  const left = { from: task.agent, why, words: said, run: task.run ?? task.id };
  try {
    return handOffNote({ ...left, patch: await workbench.changes(task) });
  } catch (cause) {
    // The files themselves are in the worktree; a diff that can't be made must not stop the task.
    onFault(cause);
    return handOffNote({ ...left, patch: '' });
  }
}

/** Carries out what was planned, in the transaction that records the failure; true where the task is queued again. */
export function carryOutAnswer(deps: AnswerDeps, run: Run, { recovery, why, note }: PlannedAnswer): boolean {
  const { move, openDecision } = deps;
  const task = requireTask(deps.tasks, run.task);
  switch (recovery.kind) {
    case 'again': {
      const { notBefore } = recovery;
      move(run.task, { type: 'task.queued', reason: `tried again after: ${why}`, notBefore }, BY);
      return true;
    }
    case 'hand-over': {
      const { to } = recovery;
      move(run.task, { type: 'task.handed-over', from: task.agent, to, why, note: note ?? '' }, BY);
      move(run.task, { type: 'task.queued', reason: `${task.agent} handed it over to ${to}: ${why}` }, BY);
      return true;
    }
    case 'ask':
      openDecision(questionOf(task, run, { why, others: recovery.others }), BY);
      return false;
    case 'rest':
      return false;
  }
}

/** The choice that hands a task to an agent, and back. */
const HAND = 'hand:';

/** The agent that a choice names; null for one that names none. */
export function agentOfChoice(choice: string): string | null {
  return choice.startsWith(HAND) ? choice.slice(HAND.length) : null;
}

function questionOf(
  task: TaskRecord,
  run: Run,
  { why, others }: { readonly why: string; readonly others: readonly string[] },
): AgentQuestion {
  const options: Decision['options'] = [
    {
      id: 'again',
      label: `Go on with ${task.agent}`,
      does: 'It goes on in its own session, with its files as they are.',
    },
    ...others.map((name) => ({
      id: `${HAND}${name}`,
      label: `Hand it to ${name}`,
      does: `${name} takes over with the files, and is told what happened.`,
    })),
    { id: 'leave', label: 'Leave it', does: 'The task stays failed; you can try it again at any time.' },
  ];
  return {
    ...{ project: task.project, session: task.session, task: task.id, run: run.id, requestId: null },
    kind: 'failure',
    summary: `${task.title}: ${task.agent} could not go on by itself`,
    detail: `${why}\n\nWhat it did is kept in its worktree, and nothing of it runs any more.`,
    options,
    recommended: 'again',
    default: null,
  };
}
