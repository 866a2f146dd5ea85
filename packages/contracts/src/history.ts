import { z } from 'zod';
import { Oid, ProjectId, TaskId, Timestamp } from './ids.ts';
import { ChangedFile } from './review.ts';
import { TimelineEntry } from './timeline.ts';

const tag = z.string().min(1).max(100);
const word = z.string().max(200);

/** What one looks for in the timeline; what is left out narrows nothing. */
export const TimelineFilter = z.object({
  /** In messages, tags, branches, tasks, agents and people, in any case of letters. */
  text: word.optional(),
  agent: word.optional(),
  person: word.optional(),
  kind: TimelineEntry.shape.kind.optional(),
  since: Timestamp.optional(),
  /** Before this moment. */
  until: Timestamp.optional(),
});
export type TimelineFilter = z.infer<typeof TimelineFilter>;

/** A page of the timeline, newest first: what comes after `cursor`, which the page before it gave. */
export const TimelinePageInput = z.object({
  project: ProjectId,
  filter: TimelineFilter.default({}),
  cursor: z.number().int().optional(),
  limit: z.number().int().min(1).max(500).default(100),
});
export type TimelinePageInput = z.infer<typeof TimelinePageInput>;

/** Entries that hold what is looked for, and, with the first page, who there is to look for. */
export const TimelinePage = z.object({
  entries: z.array(TimelineEntry),
  /** Where the next page begins; null after the last one. */
  next: z.number().int().nullable(),
  agents: z.array(z.string()),
  people: z.array(z.string()),
});
export type TimelinePage = z.infer<typeof TimelinePage>;

/** Names an entry: a checkpoint by its tag, every other one by the Save that it tells of. */
export const TimelineEntryInput = z.object({ project: ProjectId, id: z.string().min(1).max(100) });

/** What a look at a checkpoint's seal found; a Save that did not land has none to look at. */
export const Seal = z.object({
  state: z.enum(['verified', 'unsigned', 'unknown-key', 'tampered', 'missing']),
  why: z.string(),
});
export type Seal = z.infer<typeof Seal>;

/** A task whose work a restore took off `main`: the checkpoint that saved it, and the restore. */
export const UndoneTask = z.object({
  id: TaskId,
  title: z.string(),
  agent: z.string(),
  tag: z.string(),
  undoneBy: z.string(),
});
export type UndoneTask = z.infer<typeof UndoneTask>;

/** One entry with everything around it that a person decides by. */
export const TimelineDetail = z.object({
  entry: TimelineEntry,
  seal: Seal.nullable(),
  /** Whether `main` stands at it. */
  isNow: z.boolean(),
  /** The checkpoint just before it, which undoes it where `main` is here; null for the first. */
  before: z.string().nullable(),
  /** How many checkpoints have come since. */
  later: z.number().int(),
  /** Its tasks, else those that it took off `main`. */
  tasks: z.array(z.object({ id: TaskId, title: z.string(), agent: z.string(), isUndone: z.boolean() })),
  /** Where it was promoted to, newest first. */
  promotions: z.array(z.object({ branch: z.string(), at: Timestamp })),
});
export type TimelineDetail = z.infer<typeof TimelineDetail>;

/** Two checkpoints, in either order. */
export const CompareInput = z.object({ project: ProjectId, from: tag, to: tag });
export type CompareInput = z.infer<typeof CompareInput>;

/** The same, and the files whose lines are asked for; all where none is named. */
export const CompareDiffInput = CompareInput.extend({
  paths: z.array(z.string().min(1).max(4096)).min(1).max(50).optional(),
});
export type CompareDiffInput = z.infer<typeof CompareDiffInput>;

const end = z.object({ tag: z.string(), commit: Oid, at: Timestamp, summary: z.string() });
/** Whether the second checkpoint has it and the first has not, or the other way round. */
const side = z.enum(['gained', 'lost']);

/** What lies between two checkpoints, told as the way from the first to the second. */
export const Comparison = z.object({
  from: end,
  to: end,
  /** The first 2,000; `totals` counts them all. */
  files: z.array(ChangedFile),
  commits: z.array(
    z.object({ oid: Oid, title: z.string(), author: z.string(), at: Timestamp, isOurs: z.boolean(), side }),
  ),
  tasks: z.array(z.object({ id: TaskId, title: z.string(), agent: z.string(), tag: z.string(), side })),
  agents: z.array(z.string()),
  /** What each check said at either end; null where it was not asked. */
  checks: z.array(z.object({ name: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  /** What stands in the timeline between them, oldest first. */
  between: z.array(
    z.object({ id: z.string(), kind: TimelineEntry.shape.kind, summary: z.string(), at: Timestamp }),
  ),
  totals: z.object({
    files: z.number().int(),
    added: z.number().int(),
    removed: z.number().int(),
    commits: z.number().int(),
  }),
});
export type Comparison = z.infer<typeof Comparison>;
