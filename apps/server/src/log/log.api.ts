import {
  type EventPage,
  EventsInput,
  MarksInput,
  type ReplayBlock,
  ReplayInput,
  type SessionMarks,
} from '@thalogos/contracts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on the log. */
export interface LogCalls {
  list(input: EventsInput): EventPage;
  /** Where a session begins and ends, and what marks it. */
  marks(input: MarksInput): SessionMarks;
  /** One block of a session's replay. */
  replay(input: ReplayInput): ReplayBlock;
}

/** Calls on the log of events; what is new in it comes with the event stream. */
export function makeLogApi(calls: LogCalls) {
  return router({
    list: procedure('viewer')
      .input(EventsInput)
      .query(({ input }) => calls.list(input)),
    marks: procedure('viewer')
      .input(MarksInput)
      .query(({ input }) => calls.marks(input)),
    replay: procedure('viewer')
      .input(ReplayInput)
      .query(({ input }) => calls.replay(input)),
  });
}
