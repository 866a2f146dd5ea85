import { z } from 'zod';
import { Oid, TaskId, Timestamp } from './ids.ts';
import { ChangedFile } from './review.ts';

/** The longest text of one file that can be edited in review, in bytes. */
export const MAX_EDIT_BYTES = 2_000_000;

/** What a result is compared with: what its task started from, or what the caller looked at last. */
export const ChangeScope = z.enum(['base', 'looked']);
export type ChangeScope = z.infer<typeof ChangeScope>;

/** Whether a change of blanks and tabs alone counts as a change. */
export const Whitespace = z.enum(['shown', 'ignored']);
export type Whitespace = z.infer<typeof Whitespace>;

/** One changed file with what it was and became: git's modes, and blobs that name its contents. */
export const ReviewFile = ChangedFile.extend({
  oldMode: z.string(),
  newMode: z.string(),
  oldOid: Oid,
  newOid: Oid,
});
export type ReviewFile = z.infer<typeof ReviewFile>;

/** What a person changed in a result, in one step. */
export const ResultEdit = z.object({
  by: z.string(),
  at: Timestamp,
  /** In a few words: `took out 2 hunks`. */
  what: z.string(),
  paths: z.array(z.string()),
});
export type ResultEdit = z.infer<typeof ResultEdit>;

const compared = {
  task: TaskId,
  since: ChangeScope.default('base'),
  whitespace: Whitespace.default('shown'),
};

/** Which changed files are listed, and how many lines of their patches come with them at once. */
export const ReviewFilesInput = z.object({
  ...compared,
  first: z.number().int().min(0).max(2000).default(0),
});
export type ReviewFilesInput = z.infer<typeof ReviewFilesInput>;

/** Lines of one file's patch; there are more where `end` is below `lines`. */
export const FilePatch = z.object({
  path: z.string(),
  patch: z.string(),
  /** The line of the whole patch after the last one that is given. */
  end: z.number().int(),
  /** Of the whole patch; of one that is cut, it may be only a guess that is more than `end`. */
  lines: z.number().int(),
});
export type FilePatch = z.infer<typeof FilePatch>;

/** The changed files of a result; of their patches at most the first lines. */
export const ReviewFiles = z.object({
  /** The tree that is listed; null while there is no result. */
  tree: Oid.nullable(),
  files: z.array(ReviewFile),
  /** As many first lines as were asked for. */
  patches: z.array(FilePatch),
  /** What the caller looked at last; `withMain` where what came from main could not be told apart. */
  looked: z.object({ tree: Oid, at: Timestamp, withMain: z.boolean() }).nullable(),
  /** What people have changed in it since its agent rested, oldest first; the last one can be undone. */
  edits: z.array(ResultEdit),
});
export type ReviewFiles = z.infer<typeof ReviewFiles>;

/** Whose patches are read: of these files, beginning `skip` lines into the first one. */
export const ReviewPatchesInput = z.object({
  ...compared,
  /** The tree that was listed. */
  tree: Oid,
  paths: z.array(z.string().min(1).max(4096)).min(1).max(200),
  skip: z.number().int().min(0).default(0),
  /** Lines that are given at most, over all files; those that find no room are left out. */
  limit: z.number().int().min(1).max(50_000).default(4000),
});
export type ReviewPatchesInput = z.infer<typeof ReviewPatchesInput>;

/** Patches in the order they were asked for. */
export const ReviewPatches = z.object({ patches: z.array(FilePatch) });
export type ReviewPatches = z.infer<typeof ReviewPatches>;

/** A task and the tree of its result that the caller has on the screen. */
export const ResultInput = z.object({ task: TaskId, tree: Oid });
export type ResultInput = z.infer<typeof ResultInput>;

/** One file of a result. */
export const ResultFileInput = ResultInput.extend({ path: z.string().min(1).max(4096) });
export type ResultFileInput = z.infer<typeof ResultFileInput>;

/** A file of a result as text with plain line ends; `why` it can't be edited as text, where it can't. */
export const ResultFile = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    path: z.string(),
    text: z.string(),
    lineEnds: z.enum(['lf', 'crlf', 'mixed']),
  }),
  z.object({ kind: z.literal('closed'), path: z.string(), why: z.string() }),
]);
export type ResultFile = z.infer<typeof ResultFile>;

/** What a person makes of a file, as text with plain line ends; its own line ends stay. */
export const EditFileInput = ResultFileInput.extend({ text: z.string().max(MAX_EDIT_BYTES) });
export type EditFileInput = z.infer<typeof EditFileInput>;

/** A hunk by the numbers of its head: `@@ -oldStart,oldLines +newStart,newLines @@`. */
export const HunkRange = z.object({
  oldStart: z.number().int().min(0),
  oldLines: z.number().int().min(0),
  newStart: z.number().int().min(0),
  newLines: z.number().int().min(0),
});
export type HunkRange = z.infer<typeof HunkRange>;

/** Parts of a change that a person takes out: hunks of files, or whole files where `hunks` is null. */
export const TakeOutInput = ResultInput.extend({
  parts: z
    .array(
      z.object({ path: z.string().min(1).max(4096), hunks: z.array(HunkRange).min(1).max(5000).nullable() }),
    )
    .min(1)
    .max(500),
});
export type TakeOutInput = z.infer<typeof TakeOutInput>;

/** Lines of files of a result and what stands there instead. */
export const SuggestionsInput = ResultInput.extend({
  suggestions: z
    .array(
      z.object({
        path: z.string().min(1).max(4096),
        line: z.number().int().min(1),
        endLine: z.number().int().min(1),
        /** Without a line end after its last line; empty takes the lines away. */
        text: z.string().max(100_000),
      }),
    )
    .min(1)
    .max(500),
});
export type SuggestionsInput = z.infer<typeof SuggestionsInput>;
