import { z } from 'zod';
import { ProjectId, Timestamp } from './ids.ts';

/** What can be found: a `change` is the result of a task, with its paths and lines. */
export const SearchKind = z.enum([
  'goal',
  'task',
  'transcript',
  'change',
  'decision',
  'message',
  'checkpoint',
]);
export type SearchKind = z.infer<typeof SearchKind>;

/** Words that are looked for in everything of a project; never a query language. */
export const SearchInput = z.object({
  project: ProjectId,
  text: z.string().max(2000),
  /** All kinds when left out. */
  kinds: z.array(SearchKind).max(20).optional(),
  limit: z.number().int().min(1).max(100).default(30),
});
export type SearchInput = z.infer<typeof SearchInput>;

/** One thing that was found, best first. */
export const SearchHit = z.object({
  kind: SearchKind,
  id: z.string(),
  title: z.string(),
  /** A line or two round the first match; plain text. */
  excerpt: z.string(),
  /** What of the excerpt matches, as places in it. */
  marks: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  at: Timestamp,
  /** Where the console shows it, beginning with `/`. */
  address: z.string(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** What a search found. */
export const SearchAnswer = z.object({
  hits: z.array(SearchHit),
  /** Older things are still being read in, so there may be more in a while. */
  isBuilding: z.boolean(),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
