import { z } from 'zod';
import { ThalogosEvent } from './event.ts';
import { ProjectId, SessionId, TaskId } from './ids.ts';
import { REPLAY_BLOCK } from './limits.ts';

const EventNumber = z.number().int().min(0);

/** Which events of the log are wanted: the newest first, or those after one in the order of the log. */
export const EventsInput = z.object({
  project: ProjectId,
  session: SessionId.optional(),
  task: TaskId.optional(),
  /** Types of events, such as `task.failed`; all of them when it is left out. */
  types: z.array(z.string().max(64)).max(100).optional(),
  /** Words that the event's facts hold, whatever their case. */
  text: z.string().trim().min(1).max(200).optional(),
  before: EventNumber.optional(),
  after: EventNumber.optional(),
  limit: z.number().int().min(1).max(500).default(100),
});
export type EventsInput = z.infer<typeof EventsInput>;

/** A page of the log; `next` is the `before` (or `after`) to go on with, null at the end of the log. */
export const EventPage = z.object({ events: z.array(ThalogosEvent), next: EventNumber.nullable() });
export type EventPage = z.infer<typeof EventPage>;

/** A session whose log is wanted. */
export const MarksInput = z.object({ project: ProjectId, session: SessionId });
export type MarksInput = z.infer<typeof MarksInput>;

/** Where a session begins and ends in the log, and the events that a replay of it is marked by. */
export const SessionMarks = z.object({
  first: EventNumber,
  last: EventNumber,
  events: z.array(ThalogosEvent),
});
export type SessionMarks = z.infer<typeof SessionMarks>;

/** One block of a session's replay, by the number that it begins with: a multiple of `REPLAY_BLOCK`. */
export const ReplayInput = MarksInput.extend({ from: EventNumber.multipleOf(REPLAY_BLOCK) });
export type ReplayInput = z.infer<typeof ReplayInput>;

/**
 * One block of a session's replay. Folding `before`, a few events that say what all of those before the block
 * came to, gives the state at its beginning; `events` lead on from there.
 */
export const ReplayBlock = z.object({ before: z.array(ThalogosEvent), events: z.array(ThalogosEvent) });
export type ReplayBlock = z.infer<typeof ReplayBlock>;
