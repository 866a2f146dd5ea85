import type { Mark } from '@thalogos/contracts/marks/mark';
import { parseMarks } from '@thalogos/contracts/marks/parse-marks';
import { doStep } from './do-step.ts';
import { StepFailure } from '../inside-worktree.ts';
import type { ScriptedLine } from './protocol.ts';
import type { Stage } from './stage.ts';

/** The last line of a turn. */
export type TurnEndLine = Extract<ScriptedLine, { type: 'turn.end' }>;

/** What a turn plays: the text with its marks, and how many of them an earlier process already played. */
export interface Script {
  readonly text: string;
  readonly done: number;
}

/** How the turn hears of new text and tells how far it is. */
export interface Cues {
  /** Texts that arrived since the last call, oldest first. */
  readonly heard: () => readonly string[];
  /** Told how many of the script's own marks are behind us, so that another process can go on from there. */
  readonly onDone: (done: number) => void;
}

/**
 * Plays the marks of a text one after the other.
 *
 * Text that arrives meanwhile is repeated as a thought after the step under
 * way, and the marks in it are played before the script goes on.
 */
export async function playTurn(stage: Stage, script: Script, cues: Cues): Promise<TurnEndLine> {
  try {
    await hear(stage, cues);
    let done = script.done;
    for (let mark = nth(script.text, done, stage); mark !== undefined; mark = nth(script.text, done, stage)) {
      await doStep(stage, mark);
      done += 1;
      cues.onDone(done);
      await hear(stage, cues);
    }
    return { type: 'turn.end', outcome: 'completed', ...said(stage) };
  } catch (error) {
    if (stage.signal.aborted) return { type: 'turn.end', outcome: 'interrupted', ...said(stage) };
    if (error instanceof StepFailure) return { type: 'turn.end', outcome: 'failed', reason: error.message };
    throw error;
  }
}

async function hear(stage: Stage, cues: Cues): Promise<void> {
  stage.signal.throwIfAborted();
  for (let heard = cues.heard(); heard.length > 0; heard = cues.heard()) {
    for (const text of heard) {
      await stage.emit({ type: 'thought', itemId: stage.nextItem(), delta: `Heard: ${text}` });
      let done = 0;
      for (let mark = nth(text, done, stage); mark !== undefined; mark = nth(text, done, stage)) {
        done += 1;
        await doStep(stage, mark);
      }
    }
  }
}

/** Read anew for each step, because an answer fills in the marks after its question. */
function nth(text: string, index: number, stage: Stage): Mark | undefined {
  return parseMarks(text, (said) => said.replaceAll('{{answer}}', () => stage.answer))[index];
}

function said(stage: Stage): { text?: string } {
  return stage.said === null ? {} : { text: stage.said };
}
