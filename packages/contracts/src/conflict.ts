import { z } from 'zod';
import { SaveId, SessionId, TaskId, Timestamp } from './ids.ts';
import { Conflict } from './save.ts';

/** The rules that may settle a conflict without a person, in the order in which they are tried. */
export const CONFLICT_POLICIES = [
  'identical',
  'whitespace',
  'non-overlapping',
  'union',
  'imports',
  'sorted-keys',
  'generated',
] as const;
/** One of the rules. */
export const ConflictPolicy = z.enum(CONFLICT_POLICIES);
export type ConflictPolicy = z.infer<typeof ConflictPolicy>;

/** Which rules are on where a project says nothing; `union` and `generated` still need the files that a project lists for them. */
export const CONFLICT_DEFAULTS: Readonly<Record<ConflictPolicy, boolean>> = {
  identical: true,
  whitespace: true,
  'non-overlapping': false,
  union: true,
  imports: true,
  'sorted-keys': true,
  generated: true,
};

/** A project's say about the rules: which are on, and in which files both sides' lines are kept. */
export const ConflictConfig = z.strictObject({
  policies: z
    .strictObject({
      identical: z.boolean().optional(),
      whitespace: z.boolean().optional(),
      'non-overlapping': z.boolean().optional(),
      union: z.boolean().optional(),
      imports: z.boolean().optional(),
      'sorted-keys': z.boolean().optional(),
      generated: z.boolean().optional(),
    })
    .default({}),
  union: z.array(z.string()).default([]),
});
export type ConflictConfig = z.infer<typeof ConflictConfig>;

/** Lines that both sides have alike, or a place where they differ; lines keep their line ends. */
export const ConflictHunk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('same'), lines: z.array(z.string()) }),
  z.object({
    kind: z.literal('conflict'),
    base: z.array(z.string()),
    ours: z.array(z.string()),
    theirs: z.array(z.string()),
  }),
]);
export type ConflictHunk = z.infer<typeof ConflictHunk>;

/** What one side wanted: whose work it is, in their words, and what it did to the path. */
export const ConflictIntention = z.object({
  task: TaskId.nullable(),
  session: SessionId.nullable(),
  title: z.string(),
  text: z.string(),
  agent: z.string().nullable(),
  /** The side's own change of the path as a unified diff; empty for what is not text. */
  patch: z.string(),
});
export type ConflictIntention = z.infer<typeof ConflictIntention>;

/** How a path in conflict is to be: one side, both, or content that a person or an agent wrote. */
export const ResolutionChoice = z.discriminatedUnion('take', [
  z.object({ take: z.literal('ours') }),
  z.object({ take: z.literal('theirs') }),
  z.object({ take: z.literal('union') }),
  z.object({
    take: z.literal('content'),
    content: z.string().max(10_000_000),
    /** How `content` stands for bytes; text is `utf8`, which is meant when it is absent. */
    encoding: z.enum(['utf8', 'base64']).optional(),
  }),
]);
export type ResolutionChoice = z.infer<typeof ResolutionChoice>;

/** A solution that is kept for the very same conflict; the next Save uses it. */
export const Resolution = z.object({
  take: z.enum(['ours', 'theirs', 'union', 'content']),
  by: z.string(),
  at: Timestamp,
  /** The task whose proposal it is; null for a person's own. */
  task: TaskId.nullable(),
});
export type Resolution = z.infer<typeof Resolution>;

/** Everything a person needs to settle one conflict. */
export const ConflictDetail = Conflict.extend({
  save: SaveId.nullable(),
  at: Timestamp,
  intentions: z.object({ ours: ConflictIntention, theirs: ConflictIntention }),
  /** The three contents; null where the path is not there or is not text. */
  contents: z.object({
    base: z.string().nullable(),
    ours: z.string().nullable(),
    theirs: z.string().nullable(),
  }),
  isText: z.boolean(),
  hunks: z.array(ConflictHunk),
  /** What may be taken: a binary file has no union. */
  choices: z.array(z.enum(['ours', 'theirs', 'union', 'content'])),
  resolution: Resolution.nullable(),
  /** How the same lines were settled before; offered, never taken by itself. */
  remembered: z.object({ content: z.string(), by: z.string(), at: Timestamp }).nullable(),
  /** The task that an agent was asked to propose a solution with, if any. */
  proposal: z.object({ task: TaskId, state: z.string() }).nullable(),
});
export type ConflictDetail = z.infer<typeof ConflictDetail>;

/** The open conflicts of a project. */
export const ConflictList = z.object({
  conflicts: z.array(Conflict.extend({ resolution: Resolution.nullable() })),
});
export type ConflictList = z.infer<typeof ConflictList>;

/** Names one conflict. */
export const ConflictInput = z.object({ conflict: z.string().min(1).max(100) });
/** Settles one conflict; takes effect with the next Save. */
export const ResolveInput = ConflictInput.extend({ choice: ResolutionChoice });
export type ResolveInput = z.infer<typeof ResolveInput>;
/** Asks an agent for a solution, as a task that a person reviews. */
export const ProposeInput = ConflictInput.extend({
  agent: z.string().optional(),
  /** What the person says to the agent besides. */
  note: z.string().max(20_000).optional(),
});
export type ProposeInput = z.infer<typeof ProposeInput>;
