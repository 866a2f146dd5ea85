import { z } from 'zod';
import { Attachment } from './attachment.ts';
import { DecisionId } from './ids.ts';
import { KnownCheck } from './save.ts';
import { Task } from './task.ts';

/** One changed file; `path` is safe to print: bytes that are not UTF-8 are written as `\xNN`. */
export const ChangedFile = z.object({
  path: z.string(),
  from: z.string().nullable(),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'type-changed']),
  added: z.number().int(),
  removed: z.number().int(),
  binary: z.boolean(),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

/** What a task changed against its base. */
export const Diff = z.object({
  files: z.array(ChangedFile),
  patch: z.string(),
  /** True when the patch was cut because of its size. */
  truncated: z.boolean(),
});
export type Diff = z.infer<typeof Diff>;

/** One of several attempts at a task, to be compared with the others. */
export const Attempt = z.object({
  task: Task,
  files: z.array(ChangedFile),
  /** How long its agent was at work. */
  seconds: z.number().int(),
  /** What each of the project's checks has said of exactly its files; `unknown` where none has looked at them. */
  checks: z.array(KnownCheck),
});
export type Attempt = z.infer<typeof Attempt>;

/** Something that a message names, to be followed: the server has looked that it is there. */
export const ChatLink = z.object({
  to: z.enum(['task', 'review', 'conflict', 'inbox', 'timeline', 'save', 'graph']),
  /** Null for a place that is not one thing. */
  id: z.string().nullable(),
  label: z.string(),
});
export type ChatLink = z.infer<typeof ChatLink>;

/** One message of the chat with the swarm. */
export const ChatMessage = z.object({
  seq: z.number().int(),
  id: z.string(),
  role: z.enum(['user', 'agent', 'system']),
  content: z.string(),
  at: z.number().int(),
  agentName: z.string().nullable(),
  /** The goal or task that the message is about. */
  goal: z.string().nullable(),
  task: z.string().nullable(),
  links: z.array(ChatLink).optional(),
  attachments: z.array(Attachment).optional(),
  /** The decision that it tells of; absent for every other. */
  decision: DecisionId.optional(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;
