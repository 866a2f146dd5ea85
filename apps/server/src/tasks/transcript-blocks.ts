import type { TranscriptBlock } from '@thalogos/contracts';
import type { AgentEvent, ToolEvent } from '../agents/agent-adapter.ts';

/** The most of one block's output that is kept; what a command printed beyond it is cut from the front. */
const MAX_OUTPUT = 200_000;

/** The most that is kept of an event that nobody knows. */
const MAX_RAW = 4000;

type Body = Omit<TranscriptBlock, 'seq' | 'run' | 'at'>;

const EMPTY: Body = { kind: 'raw', text: '', status: null, output: null, exitCode: null, diffs: [] };

/** One block that an event makes or changes: `item` joins what belongs together, null for a block of its own. */
export interface BlockChange {
  readonly item: string | null;
  readonly change: (block: Body | null) => Body;
}

/** What an agent's event means for the transcript; null for one that shows elsewhere. */
export function blockChange(event: AgentEvent): BlockChange | null {
  switch (event.type) {
    case 'text':
    case 'thought': {
      const { type, itemId, delta } = event;
      return {
        item: itemId,
        change: (block) => ({ ...EMPTY, ...block, kind: type, text: (block?.text ?? '') + delta }),
      };
    }
    case 'plan': {
      const text = event.steps.map((step) => `${MARKS[step.status]} ${step.text}`).join('\n');
      return { item: `plan ${event.turnId}`, change: () => ({ ...EMPTY, kind: 'plan', text }) };
    }
    case 'tool':
      return { item: event.itemId, change: (block) => toolBlock(event, block) };
    case 'approval':
      return {
        item: event.requestId,
        change: () => ({ ...EMPTY, kind: 'approval', text: event.title, status: 'active' }),
      };
    case 'question':
      return {
        item: event.requestId,
        change: () => ({ ...EMPTY, kind: 'question', text: event.question, status: 'active' }),
      };
    case 'settled':
      return { item: event.requestId, change: (block) => ({ ...EMPTY, ...block, status: 'ok' }) };
    default:
      return noteChange(event);
  }
}

const MARKS = { pending: '○', active: '◐', done: '●' } as const;

type Note = Exclude<
  AgentEvent,
  { type: 'text' | 'thought' | 'plan' | 'tool' | 'approval' | 'question' | 'settled' }
>;

function noteChange(event: Note): BlockChange | null {
  switch (event.type) {
    case 'retrying':
      return own({ ...EMPTY, kind: 'error', text: `Trying again: ${event.error.message}` });
    case 'notice':
      return own({ ...EMPTY, text: event.text });
    case 'unknown':
      return own({ ...EMPTY, text: event.method, output: rawText(event.raw ?? null) });
    case 'turn.end':
      return own(endBlock(event));
    case 'usage':
    case 'diff':
      return null;
  }
}

/** What a vendor said as text; JSON may be read deeper than it can be written. */
function rawText(raw: unknown): string {
  try {
    return JSON.stringify(raw).slice(0, MAX_RAW);
  } catch (error) {
    if (error instanceof RangeError) return 'It is nested too deep to be shown.';
    throw error;
  }
}

function own(body: Body): BlockChange {
  return { item: null, change: () => body };
}

function endBlock(event: Extract<AgentEvent, { type: 'turn.end' }>): Body {
  if (event.outcome === 'completed') return { ...EMPTY, kind: 'end', text: 'The turn ended.', status: 'ok' };
  if (event.outcome === 'interrupted')
    return { ...EMPTY, kind: 'end', text: 'The turn was stopped.', status: 'denied' };
  return {
    ...EMPTY,
    kind: 'error',
    text: event.error?.message ?? 'The turn failed without a reason.',
    status: 'failed',
  };
}

const KINDS = { command: 'command', edit: 'edit', read: 'read', mcp: 'tool', other: 'tool' } as const;

function toolBlock(event: ToolEvent, block: Body | null): Body {
  const before = block ?? EMPTY;
  const { diffs } = event;
  return {
    kind: KINDS[event.kind],
    text: event.command ?? (event.title === '' ? before.text : event.title),
    status: event.phase === 'ended' ? (event.status ?? 'ok') : 'active',
    output: keepEnd(outputOf(event, before.output)),
    exitCode: event.exitCode ?? before.exitCode,
    diffs: diffs === undefined ? before.diffs : diffs.map(({ path, unified }) => ({ path, unified })),
  };
}

/** A piece is added to what is there; the whole, at the end, takes its place. */
function outputOf({ phase, output }: ToolEvent, before: string | null): string | null {
  return phase === 'output' ? (before ?? '') + (output ?? '') : (output ?? before);
}

const LEFT_OUT = /^\[(\d+) characters left out\]\n/;

/** Cuts long output from the front and says there how much of it is gone by now. */
function keepEnd(output: string | null): string | null {
  if (output === null || output.length <= MAX_OUTPUT) return output;
  const [line = '', before = '0'] = LEFT_OUT.exec(output) ?? [];
  const gone = output.length - line.length - MAX_OUTPUT;
  // What was cut before is longer by its own line, which is no output.
  if (gone <= 0) return output;
  return `[${Number(before) + gone} characters left out]\n${output.slice(-MAX_OUTPUT)}`;
}

/** The last line worth showing on the graph, at most 200 characters; null where the block says nothing. */
export function lastLineOf(block: Body): string | null {
  // What it was told and that it ended are not what the agent does.
  if (block.kind === 'input' || block.kind === 'end') return null;
  const line = block.text.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return line === '' ? null : line.slice(0, 200);
}
