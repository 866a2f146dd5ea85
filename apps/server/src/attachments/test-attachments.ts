import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment } from '@thalogos/contracts';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { makeTestClock } from '../agents/test-clock.ts';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeAttachmentStore } from './attachment-store.ts';
import { makeAttachments } from './attachments.ts';

/** A file that was handed in, with whatever a test wants to be different. */
export function makeAttachment(different: Partial<Attachment> = {}): Attachment {
  return {
    ...{ id: 'f-1', project: 'p-1', name: 'spec.md', mediaType: 'text/plain', bytes: 5 },
    ...{ sha256: 'a'.repeat(64), createdAt: 0 },
    ...different,
  };
}

/** Files of the project `p-1`, on a database and in a folder of their own. */
export async function openTestAttachments(mostBytes?: number) {
  const directory = await makeTemporaryDirectory();
  const db = openDatabase({
    file: join(directory.path, 't.db'),
    durability: 'NORMAL',
    migrations: MIGRATIONS,
  });
  db.prepare("INSERT INTO projects (id, path, record) VALUES ('p-1', '/', '{}')").run();
  const clock = makeTestClock();
  const files = join(directory.path, 'attachments');
  const attachments = makeAttachments({
    store: makeAttachmentStore(db),
    ...{ clock, directory: files, recorder: { transact: (change) => db.transaction(change)() } },
    ...(mostBytes === undefined ? {} : { mostBytes }),
  });
  return {
    ...{ attachments, clock, directory: directory.path },
    /** How many files lie in the folder, half ones too. */
    left: () =>
      readdirSync(files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length,
    close: async () => {
      db.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}
