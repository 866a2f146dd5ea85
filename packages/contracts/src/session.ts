import { z } from 'zod';
import { Attachment } from './attachment.ts';
import { ProjectId, SessionId, Timestamp } from './ids.ts';

/** Where a session stands. */
export const SessionState = z.enum(['draft', 'active', 'awaiting_review', 'suspended', 'finalized']);
export type SessionState = z.infer<typeof SessionState>;

/** One stretch of work on one project. */
export const Session = z.object({
  id: SessionId,
  project: ProjectId,
  state: SessionState,
  title: z.string(),
  createdAt: Timestamp,
  reason: z.string().nullable(),
});
export type Session = z.infer<typeof Session>;

/** A goal as a person typed it, and what became of its plan. */
export const Goal = z.object({
  id: z.string(),
  session: SessionId,
  text: z.string(),
  state: z.enum(['proposed', 'accepted', 'dropped']),
  /** `plain`, or the name of the model that planned it. */
  planner: z.string(),
  /** Why it is not the planner that was asked for; null or absent where it is. */
  note: z.string().nullable().optional(),
  /** Files that its tasks are given to read; absent where there are none. */
  attachments: z.array(Attachment).optional(),
  createdAt: Timestamp,
});
export type Goal = z.infer<typeof Goal>;
