import type { Ground } from './compose-ground.ts';
import type { LogCalls } from './log/log.api.ts';
import { makeLogStore } from './log/log-store.ts';
import { listEvents, readBlock, readMarks } from './log/read-log.ts';

/** The log of events, as it is read back. */
export function composeLog({ db }: Pick<Ground, 'db'>): LogCalls {
  const store = makeLogStore(db);
  return {
    list: (input) => listEvents(store, input),
    marks: ({ project, session }) => readMarks(store, project, session),
    replay: (input) => readBlock(store, input),
  };
}
