import { z } from 'zod';

const Phase = z.enum(['started', 'output', 'ended']);

/** What the scripted agent's process writes, one JSON object a line. */
export const ScriptedLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), session: z.string() }),
  z.object({ type: z.literal('refused'), reason: z.string() }),
  z.object({ type: z.enum(['text', 'thought']), itemId: z.string(), delta: z.string() }),
  z.object({
    type: z.literal('plan'),
    steps: z.array(z.object({ text: z.string(), status: z.enum(['pending', 'active', 'done']) })),
  }),
  z.object({
    type: z.literal('tool'),
    itemId: z.string(),
    kind: z.enum(['command', 'edit', 'read', 'other']),
    title: z.string(),
    phase: Phase,
    status: z.enum(['ok', 'failed']).exactOptional(),
    command: z.string().exactOptional(),
    exitCode: z.number().int().exactOptional(),
    output: z.string().exactOptional(),
    diffs: z.array(z.object({ path: z.string(), unified: z.string() })).exactOptional(),
  }),
  z.object({
    type: z.literal('question'),
    requestId: z.string(),
    question: z.string(),
    options: z.array(z.string()),
  }),
  z.object({ type: z.literal('usage'), turn: z.object({ input: z.number(), output: z.number() }) }),
  z.object({ type: z.literal('notice'), text: z.string() }),
  z.object({
    type: z.literal('turn.end'),
    outcome: z.enum(['completed', 'interrupted', 'failed']),
    text: z.string().exactOptional(),
    reason: z.string().exactOptional(),
  }),
]);
export type ScriptedLine = z.infer<typeof ScriptedLine>;

/** What the scripted agent's process reads, one JSON object a line. */
export const ScriptedCommand = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['turn', 'steer']), text: z.string() }),
  z.object({ type: z.literal('answer'), requestId: z.string(), decision: z.string(), note: z.string() }),
  z.object({ type: z.literal('interrupt') }),
]);
export type ScriptedCommand = z.infer<typeof ScriptedCommand>;

/** The file of a scripted session: how many turns began, and what the last one has still to do. */
export const ScriptedState = z.object({
  turns: z.number().int(),
  unfinished: z.object({ text: z.string(), done: z.number().int() }).nullable(),
});
export type ScriptedState = z.infer<typeof ScriptedState>;
