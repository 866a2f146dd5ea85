import { existsSync } from 'node:fs';
import {
  EventBus,
  type LogSink,
  SqliteCursorStore,
  SqliteDeadLetterStore,
  SqliteEventLog,
} from '@thalogos/smalltalk';
import { type Audit, makeAudit } from './access/audit.ts';
import type { ComposeInput } from './compose-contract.ts';
import { type Db, openDatabase } from './platform/database.ts';
import { type EventSource, makeEventSource } from './platform/event-source.ts';
import type { Logger } from './platform/logger.ts';
import { instanceOf } from './platform/instance.ts';
import { MIGRATIONS } from './platform/migrations/migrations.ts';
import { makeRecorder, type Recorder } from './platform/recorder.ts';
import { TRANSCRIPT_MIGRATIONS } from './tasks/transcript-store.ts';

/** What everything else stands on: the databases, the log and what records in it. */
export interface Ground {
  readonly input: ComposeInput;
  readonly db: Db;
  readonly transcriptsDb: Db;
  readonly log: SqliteEventLog;
  readonly bus: EventBus;
  readonly events: EventSource;
  readonly recorder: Recorder;
  readonly audit: Audit;
  readonly instance: string;
  readonly onFault: (cause: unknown) => void;
}

/** Opens the databases and the log; `closeGround` closes them. */
export function openGround(input: ComposeInput): Ground {
  const { paths, clock, logger, redactor } = input;
  assertNotLost(paths);
  const db = openDatabase({ file: paths.database, durability: 'FULL', migrations: MIGRATIONS });
  const transcriptsDb = openDatabase({
    file: paths.transcripts,
    durability: 'NORMAL',
    migrations: TRANSCRIPT_MIGRATIONS,
  });
  const log = new SqliteEventLog({ database: db });
  const bus = new EventBus({
    log,
    cursors: new SqliteCursorStore({ database: db }),
    deadLetters: new SqliteDeadLetterStore({ database: db }),
    retention: 'none', // Nothing of the log expires by itself.
    logSink: makeLogSink(logger),
  });
  const onFault = (cause: unknown) => logger.error({ error: cause }, 'a part failed');
  bus.on('fault', onFault);
  bus.on('delivery_failed', onFault);
  return {
    input,
    db,
    transcriptsDb,
    log,
    bus,
    events: makeEventSource(log),
    recorder: makeRecorder({ db, log, clock, redactText: redactor.redactText }),
    audit: makeAudit({ db, clock }),
    instance: instanceOf(db),
    onFault,
  };
}

/** What SmallTalk has to say, in the server's own log. */
export function makeLogSink(logger: Logger): LogSink {
  return {
    write: ({ level, component, message, metadata }) => {
      const isFault = level === 'ERROR' || level === 'CRITICAL';
      logger[isFault ? 'error' : 'info']({ component, ...metadata }, message);
    },
  };
}

/** Beginning anew beside projects and transcripts that are still there would look as if they had never been. */
function assertNotLost({ database, transcripts }: ComposeInput['paths']): void {
  if (existsSync(database) || !existsSync(transcripts)) return;
  throw new Error(
    `${database} is gone, but ${transcripts} is there; nothing was made. Put it back (from a backup), or move the data directory away to begin anew.`,
  );
}

/** Closes what `openGround` opened, readers before what they read. */
export async function closeGround({ events, log, transcriptsDb, db }: Ground): Promise<void> {
  events.close();
  await log.close();
  transcriptsDb.close();
  db.close();
}
