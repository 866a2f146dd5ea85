import { join } from 'node:path';
import { makeAttachmentStore } from './attachments/attachment-store.ts';
import { type Attachments, makeAttachments } from './attachments/attachments.ts';
import type { Ground } from './compose-ground.ts';

/** Keeps the files that people hand in beside the database. */
export function composeAttachments(
  { db, recorder, input }: Pick<Ground, 'db' | 'recorder' | 'input'>,
  projects: { readonly get: (project: string) => unknown },
): Attachments {
  return makeAttachments({
    store: makeAttachmentStore(db),
    recorder,
    clock: input.clock,
    directory: join(input.paths.root, 'attachments'),
    findProject: projects.get,
  });
}
