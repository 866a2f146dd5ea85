import { z } from 'zod';
import type { LineTold } from './line-session.ts';

/** What is kept of a line that can't be read, which may be of any length. */
const RAW_CHARACTERS = 2000;

/** Why a turn could not be taken. */
export const refusedLine = z.object({ type: z.literal('refused'), reason: z.string() });
/** What the agent means to do, step by step; each one replaces the last. */
export const planLine = z.object({
  type: z.literal('plan'),
  steps: z.array(z.object({ text: z.string(), status: z.enum(['pending', 'active', 'done']) })),
});
/** One use of a tool, from its start to its end. */
export const toolLine = z.object({
  type: z.literal('tool'),
  itemId: z.string(),
  kind: z.enum(['command', 'edit', 'read', 'other']),
  title: z.string(),
  phase: z.enum(['started', 'output', 'ended']),
  status: z.enum(['ok', 'failed']).exactOptional(),
  command: z.string().exactOptional(),
  exitCode: z.number().int().exactOptional(),
  output: z.string().exactOptional(),
  diffs: z.array(z.object({ path: z.string(), unified: z.string() })).exactOptional(),
});
/** Something that a person is asked before the turn goes on. */
export const questionLine = z.object({
  type: z.literal('question'),
  requestId: z.string(),
  question: z.string(),
  options: z.array(z.string()),
});
/** What the turn has used up to now, in tokens. */
export const usageLine = z.object({
  type: z.literal('usage'),
  turn: z.object({ input: z.number(), output: z.number() }),
});
/** Something worth a line in the transcript that nobody has to answer. */
export const noticeLine = z.object({ type: z.literal('notice'), text: z.string() });
/** How a turn ended; nothing of that turn comes after it. */
export const turnEndLine = z.object({
  type: z.literal('turn.end'),
  outcome: z.enum(['completed', 'interrupted', 'failed']),
  text: z.string().exactOptional(),
});

/** What every agent of our own reads to begin a turn or to steer a running one. */
export const turnCommand = z.object({ type: z.enum(['turn', 'steer']), text: z.string() });
/** What every agent of our own reads to end its turn early. */
export const interruptCommand = z.object({ type: z.literal('interrupt') });

/** Reads one line by its schema; null for what is none. */
export function parseLine<Line>(schema: z.ZodType<Line>, line: string): Line | null {
  return schema.safeParse(parseJson(line)).data ?? null;
}

/** What becomes of a line that can't be read: it is kept and shown, never fatal. */
export function unreadLine(line: string): LineTold {
  return { kind: 'event', body: { type: 'unknown', method: 'line' }, raw: line.slice(0, RAW_CHARACTERS) };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
