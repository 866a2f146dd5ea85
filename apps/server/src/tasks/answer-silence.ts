import type { Run, Silence } from '@thalogos/contracts';
import type { Recorder } from '../platform/recorder.ts';
import type { AgentQuestion } from './ask-person.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import type { TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';

/** What answering a silence needs. */
export interface SilenceDeps {
  readonly tasks: TaskStore;
  readonly recorder: Recorder;
  readonly move: MoveTask;
  /** Opens a decision inside the caller's transaction and gives its id. */
  readonly openDecision: (question: AgentQuestion, by: string) => string;
  /** Takes a decision back that nobody has settled. */
  readonly withdrawDecision: (decision: string) => void;
}

/** What reaches the agent itself and its transcript. */
export interface SilentRun {
  readonly steer: (text: string) => void;
  readonly say: (text: string) => void;
}

/** Reactions to an agent that gives no sign of life, short of ending its run. */
export interface SilenceAnswers {
  silent(silence: Silence): void;
  heard(): void;
}

const BY = 'orchestrator';
const PROBE =
  'Are you still at work? Nothing has been heard of you for a while. If you wait for something, say for what; else go on.';

/** Tells the person at the first grade; at the second asks the agent, where it can be asked, and the person. */
export function makeAnswerSilence(deps: SilenceDeps, run: Run, agent: SilentRun): SilenceAnswers {
  const { tasks, recorder, move } = deps;
  let asked: string | null = null;
  return {
    silent: (silence) => {
      recorder.transact(() => {
        const task = requireTask(tasks, run.task);
        if (task.state.kind !== 'running') return;
        move(run.task, { type: 'task.silent', run: run.id, silence }, BY);
        if (silence.grade === 'asked') asked = deps.openDecision(questionOf(task, run), BY);
      });
      agent.say(
        silence.grade === 'asked'
          ? `Still no sign of life. It is asked, and so are you.`
          : 'No sign of life for a while: no output, no work of its processes, no change of a file.',
      );
      if (silence.grade === 'asked') agent.steer(PROBE);
    },
    heard: () => {
      recorder.transact(() => {
        if (asked !== null) deps.withdrawDecision(asked);
        asked = null;
        move(run.task, { type: 'task.heard', run: run.id }, BY);
      });
    },
  };
}

function questionOf({ id, project, session, title, agent }: TaskRecord, run: Run): AgentQuestion {
  return {
    ...{ project, session, task: id, run: run.id, requestId: null },
    kind: 'silence',
    summary: `${title}: ${agent} gives no sign of life`,
    detail:
      'It has put nothing out, its processes compute nothing, and no file changes. If nothing is heard of it, its run is ended, with its files kept, and you are asked what next.',
    options: [
      { id: 'wait', label: 'Keep waiting', does: 'Its silence counts from now on anew.' },
      {
        id: 'restart',
        label: 'End its run and go on in its session',
        does: 'Its processes are ended; its files are kept and its agent goes on from them.',
      },
    ],
    recommended: 'wait',
    default: null,
  };
}
