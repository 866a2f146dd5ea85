import { join } from 'node:path';
import type { ChatMessage, Discussion, Session, Task, ThalogosEvent } from '@thalogos/contracts';
import { SqliteEventLog, SqliteMessageStore } from '@thalogos/smalltalk';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { onTestFinished } from 'vitest';
import { makeAttachment } from '../attachments/test-attachments.ts';
import { systemClock as clock } from '../platform/clock.ts';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeRecorder, type Recorder } from '../platform/recorder.ts';
import { makeTaskRecord } from '../tasks/test-task.ts';
import { taskView } from '../tasks/task-view.ts';
import { type Chat, makeChat } from './chat.ts';
import type { GuideFacts } from './guide-facts.ts';

/** The session of the tests. */
export const SESSION: Session = {
  ...{ id: 's-1', project: 'p-1', state: 'active', title: 'Tests', createdAt: 0, reason: null },
};

/** A chat on a database of its own, and what was said and told in it. */
export interface TestChat {
  readonly chat: Chat;
  readonly recorder: Recorder;
  said(): readonly ChatMessage[];
  /** Waits for the first message that fits. */
  hears(fits: (message: ChatMessage) => boolean): Promise<ChatMessage>;
  /** Waits until the discussion has come to where it fits. */
  sees(fits: (discussion: Discussion) => boolean): Promise<Discussion>;
}

/** Opens a chat that is closed when the test has finished. */
export async function openTestChat(): Promise<TestChat> {
  const directory = await makeTemporaryDirectory();
  const db = openDatabase({
    file: join(directory.path, 'chat.db'),
    durability: 'NORMAL',
    migrations: MIGRATIONS,
  });
  const log = new SqliteEventLog({ database: db });
  const recorder = makeRecorder({ db, log, clock, redactText: (text) => text });
  const takeAttachments = (_project: string, ids: readonly string[]) =>
    ids.map((id) => makeAttachment({ id }));
  const store = new SqliteMessageStore({ database: db });
  const chat = makeChat({ ...{ store, recorder, clock, takeAttachments } });
  const heard: ThalogosEvent[] = [];
  const listeners = new Set<() => void>();
  const watching: Recorder = {
    transact: recorder.transact,
    record: (...events) => {
      recorder.record(...events);
      heard.push(...events.map((event) => ({ ...event, seq: 0, at: 0 })));
      for (const listener of listeners) queueMicrotask(listener);
    },
  };
  onTestFinished(async () => {
    await log.close();
    db.close();
    await directory[Symbol.asyncDispose]();
  });
  const until = <T>(find: () => T | undefined): Promise<T> => {
    const { promise, resolve } = Promise.withResolvers<T>();
    const look = () => {
      const found = find();
      if (found === undefined) return;
      listeners.delete(look);
      resolve(found);
    };
    listeners.add(look);
    look();
    return promise;
  };
  const messages = () =>
    heard.flatMap((event) => (event.type === 'message.posted' ? [event.data.message] : []));
  return {
    chat: makeChat({ store, recorder: watching, clock, takeAttachments }),
    recorder: watching,
    said: () => chat.page(SESSION.id, { limit: 500 }),
    hears: (fits) => until(() => messages().find(fits)),
    sees: (fits) =>
      until(() =>
        heard
          .flatMap((event) => (event.type === 'discussion.moved' ? [event.data.discussion] : []))
          .find(fits),
      ),
  };
}

/** Facts with a task, and whatever a test wants to be different. */
export function makeFacts(different: Partial<GuideFacts> = {}): GuideFacts {
  return { tasks: [], decisions: [], proposed: [], conflicts: [], timeline: [], ...different };
}

/** A task as the Guide sees it. */
export function makeTask(different: Parameters<typeof makeTaskRecord>[0] = {}): Task {
  return taskView(makeTaskRecord(different));
}
