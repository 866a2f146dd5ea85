import type { Cost, Task, TranscriptBlock } from '@thalogos/contracts';
import type { AgentEvent } from '../agents/agent-adapter.ts';
import type { Clock } from '../platform/clock.ts';
import { type BlockChange, blockChange, lastLineOf } from './transcript-blocks.ts';
import type { TranscriptStore } from './transcript-store.ts';

/** How long blocks are gathered before they are written and told, in ms. */
const FLUSH_MS = 100;

/** What a viewer of the graph is told of a run while it goes on. */
export interface Progress {
  readonly upto: number;
  readonly lastLine: string | null;
  readonly plan: Task['plan'];
  readonly cost: Cost | null;
}

/** Turns a run's events into transcript blocks, gathered so that a chatty agent costs ten writes a second at most. */
export interface TranscriptWriter {
  take(event: AgentEvent): void;
  /** Shows what the agent was told. */
  input(text: string): void;
  /** Says something of ours about the run. */
  note(text: string): void;
  /** Says what the transcript does not hold. */
  leftOut(characters: number): void;
  /** Writes what is gathered; call once more at the end of the run. */
  flush(): void;
}

/** What a transcript writer needs. */
export interface WriterDeps {
  readonly run: string;
  readonly task: string;
  readonly store: TranscriptStore;
  readonly clock: Clock;
  /** Told after each write, in order. */
  readonly onProgress: (progress: Progress) => void;
}

/** A writer for one run. */
export function makeTranscriptWriter({ run, task, store, clock, onProgress }: WriterDeps): TranscriptWriter {
  let seq = store.last(task);
  const items = new Map<string, TranscriptBlock>();
  const changed = new Map<number, TranscriptBlock>();
  let cancelFlush: (() => void) | null = null;
  let progress: Omit<Progress, 'upto'> = { lastLine: null, plan: [], cost: null };

  const place = (known: TranscriptBlock | undefined, at: number) => {
    if (known !== undefined) return { seq: known.seq, run, at: known.at };
    seq += 1;
    return { seq, run, at };
  };

  const put = ({ item, change }: BlockChange, at: number) => {
    const known = item === null ? undefined : items.get(item);
    const block = { ...change(known ?? null), ...place(known, at) };
    if (item !== null) items.set(item, block);
    changed.set(block.seq, block);
    progress = { ...progress, lastLine: lastLineOf(block) ?? progress.lastLine };
    cancelFlush ??= clock.after(FLUSH_MS, flush);
  };

  const flush = () => {
    cancelFlush?.();
    cancelFlush = null;
    if (changed.size === 0) return;
    store.put(task, [...changed.values()]);
    changed.clear();
    onProgress({ ...progress, upto: seq });
  };

  const say = (kind: 'input' | 'raw', text: string) =>
    put(
      { item: null, change: () => ({ kind, text, status: null, output: null, exitCode: null, diffs: [] }) },
      clock.now(),
    );

  return {
    take: (event) => {
      if (event.type === 'plan') progress = { ...progress, plan: event.steps.map((step) => ({ ...step })) };
      if (event.type === 'usage') progress = { ...progress, cost: costOf(event) };
      const change = blockChange(event);
      if (change !== null) put(change, event.at);
    },
    input: (text) => say('input', text),
    note: (text) => say('raw', text),
    leftOut: (characters) => {
      if (characters === 0) return;
      say('raw', `${characters} characters were left out: the agent printed more than is kept of one run.`);
    },
    flush,
  };
}

function costOf(event: Extract<AgentEvent, { type: 'usage' }>): Cost {
  const { input, output } = event.turn;
  return { tokens: input + output, usd: event.usd ?? null };
}
