import type { Decision, Run } from '@thalogos/contracts';
import type { AgentEvent, ApprovalEvent, QuestionEvent } from '../agents/agent-adapter.ts';
import type { Recorder } from '../platform/recorder.ts';
import { FOR_THIS_TASK, leaveKey } from './leave.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import type { TaskStore } from './task-store.ts';

/** What an agent asks of a person, ready for the inbox. */
export interface AgentQuestion {
  readonly project: string;
  readonly session: string;
  readonly task: string;
  readonly run: string;
  /** The agent's own name for its question; null for one that the orchestrator asks. */
  readonly requestId: string | null;
  /** Names what leave is asked for, so that the same can be allowed from now on. */
  readonly leave?: string;
  readonly kind: Decision['kind'];
  readonly summary: string;
  readonly detail: string;
  readonly options: Decision['options'];
  readonly recommended: string | null;
  readonly default: string | null;
}

/** What asking a person needs. */
export interface AskDeps {
  readonly tasks: TaskStore;
  readonly recorder: Recorder;
  readonly move: MoveTask;
  /** Opens a decision inside the caller's transaction and gives its id. */
  readonly openDecision: (question: AgentQuestion, by: string) => string;
  /** Whether a person has allowed it, by its name, for the rest of a task. */
  readonly isAllowed: (task: string, leave: string) => boolean;
}

/** Where what needs no person goes. */
export interface GrantedLeave {
  readonly grant: (requestId: string, title: string) => void;
}

const LEAVE: Decision['options'] = [
  { id: 'allow', label: 'Allow once', does: 'It goes on; the same is asked about again next time.' },
  {
    id: FOR_THIS_TASK,
    label: 'Allow for this task',
    does: 'Rule: exactly this is allowed without asking until the task is saved or closed. Anything that differs in a letter asks again.',
  },
  { id: 'deny', label: 'Deny', does: 'Its agent is told no, with your reason, and goes on without it.' },
];

/** Turns an agent's questions into decisions that are kept, whether or not anybody watches. */
export function makeAskPerson(deps: AskDeps, run: Run, { grant }: GrantedLeave) {
  const { tasks, recorder, move, openDecision } = deps;
  const isAllowed = (event: ApprovalEvent) => deps.isAllowed(run.task, leaveKey(event));
  const ask = (event: ApprovalEvent | QuestionEvent) => {
    recorder.transact(() => {
      const task = requireTask(tasks, run.task);
      const about = { project: task.project, session: task.session, task: task.id, run: run.id };
      const decision = openDecision({ ...about, ...questionOf(event, task.title) }, run.agent);
      if (task.state.kind === 'running') move(task.id, { type: 'task.waiting', decision }, run.agent);
    });
  };
  return {
    take: (event: AgentEvent) => {
      if (event.type === 'approval' && isAllowed(event)) grant(event.requestId, event.title);
      else if (event.type === 'approval' || event.type === 'question') ask(event);
    },
  };
}

type Question = Omit<AgentQuestion, 'project' | 'session' | 'task' | 'run'>;

function questionOf(event: ApprovalEvent | QuestionEvent, title: string): Question {
  if (event.type === 'question') {
    return {
      requestId: event.requestId,
      kind: 'question',
      summary: event.question,
      detail: `${title} waits for your answer.`,
      options: event.options.map((label) => ({ id: label, label })),
      recommended: null,
      default: null,
    };
  }
  const reason = event.reason === undefined ? '' : `\n\n${event.reason}`;
  return {
    requestId: event.requestId,
    leave: leaveKey(event),
    kind: event.kind,
    summary: `${title} asks: ${event.title}`,
    detail: `${event.title}${reason}`,
    options: LEAVE,
    recommended: null,
    default: null,
  };
}
