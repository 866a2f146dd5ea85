import type { Mark } from '@thalogos/contracts/marks/mark';
import { parseMarks } from '@thalogos/contracts/marks/parse-marks';
import type { Beat, Conversation, Reply, ToolCall } from './conversation.ts';
import { toToolCalls } from './to-tool-call.ts';

/** How often this very fault was given already; faults are given a number of times and then no more. */
export type Given = (fault: number) => number;

/** A step with the call that takes it, where one does. */
interface Step {
  readonly index: number;
  readonly mark: Mark;
  readonly call: ToolCall | null;
}

/** Said at the end of a script that says nothing itself, because no agent takes silence for an answer. */
const DONE = 'all done';
const USAGE = { input: 100, output: 20 };

/**
 * The answer of the scripted model: the steps between the last tool call and the next.
 *
 * What was done is counted in the request itself, so that a resumed, retried
 * or restarted agent gets the same answers again.
 */
export function planReply(conversation: Conversation, given: Given): Reply {
  // A request without tools asks for a title or a summary; it is no part of the script.
  if (conversation.tools.length === 0)
    return { kind: 'stream', beats: [{ kind: 'text', text: 'ok' }], usage: USAGE };
  const steps = toSteps(conversation);
  const fault = steps.find(({ mark, index }) => isDue(mark, given(index)));
  if (fault?.mark.kind === 'http') return { kind: 'http', status: fault.mark.status };
  if (fault?.mark.kind === 'drop') return { kind: 'drop' };
  const beats = steps.flatMap(toBeats);
  const isSilent = !beats.some(({ kind }) => kind === 'text' || kind === 'call' || kind === 'hang');
  const used = steps.findLast(({ mark }) => mark.kind === 'usage')?.mark;
  return {
    kind: 'stream',
    beats: isSilent ? [...beats, { kind: 'text', text: DONE }] : beats,
    usage: used?.kind === 'usage' ? { input: used.input, output: used.output } : USAGE,
  };
}

/** The index of the fault that a request meets first, for whoever counts how often it was given. */
export function dueFault(conversation: Conversation, given: Given): number | null {
  if (conversation.tools.length === 0) return null;
  return toSteps(conversation).find(({ mark, index }) => isDue(mark, given(index)))?.index ?? null;
}

function toSteps({ prompt, position, tools }: Conversation): readonly Step[] {
  const steps = parseMarks(prompt)
    .flatMap((mark) => toTaken(mark, tools))
    .map(numbered);
  const calls = steps.filter(({ call }) => call !== null);
  const from = position === 0 ? 0 : (calls[position - 1]?.index ?? steps.length) + 1;
  const to = calls[position]?.index ?? steps.length;
  return steps.slice(from, to + 1);
}

/** A mark with the call that takes it; where it takes several, one after the other. */
function toTaken(mark: Mark, tools: Conversation['tools']): readonly Omit<Step, 'index'>[] {
  const calls = toToolCalls(mark, tools);
  return calls.length === 0 ? [{ mark, call: null }] : calls.map((call) => ({ mark, call }));
}

function numbered(step: Omit<Step, 'index'>, index: number): Step {
  return { ...step, index };
}

function isDue(mark: Mark, times: number): boolean {
  return mark.kind === 'http' ? times < mark.times : mark.kind === 'drop' && times < 1;
}

function toBeats({ mark, call }: Step): readonly Beat[] {
  if (call !== null) return [{ kind: 'call', call }];
  if (mark.kind === 'say') return [{ kind: 'text', text: mark.text }];
  if (mark.kind === 'think') return [{ kind: 'thought', text: mark.text }];
  if (mark.kind === 'sleep') return [{ kind: 'wait', ms: mark.ms }];
  if (mark.kind === 'slow') return [{ kind: 'slow', ms: mark.ms }];
  return mark.kind === 'hang' ? [{ kind: 'hang' }] : [];
}
