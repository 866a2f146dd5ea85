import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Attachment, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import { shownName, typeOf } from './attachment.ts';
import type { AttachmentStore } from './attachment-store.ts';
import type { AttachmentCalls, Upload } from './attachments.api.ts';
import { type PlacedFile, placeFiles } from './place-files.ts';
import { type Received, receiveFile } from './receive-file.ts';

/** Files that nothing refers to are kept so long, in ms. */
const UNUSED_MS = 24 * 60 * 60 * 1000;

/** What keeping files needs. */
export interface AttachmentsDeps {
  readonly store: AttachmentStore;
  readonly recorder: Pick<Recorder, 'transact'>;
  readonly clock: Clock;
  /** A folder of the data directory that nothing else writes in. */
  readonly directory: string;
  readonly mostBytes?: number;
}

/** Files that people hand in, each content kept once under its hash. */
export interface Attachments extends AttachmentCalls {
  /** Files of a project by name, each once; throws a `Refusal` for one that is not there. */
  find(project: string, ids: readonly string[]): readonly Attachment[];
  /** `find`, and from now on they are kept; call it inside the transaction that refers to them. */
  take(project: string, ids: readonly string[]): readonly Attachment[];
  /** Copies files into a folder, to be read there. */
  place(attachments: readonly Attachment[], folder: string): Promise<readonly PlacedFile[]>;
  /** Takes away what an earlier server left half written, and what nothing refers to. */
  recover(): void;
}

/** Keeps files in a folder of the data directory. */
export function makeAttachments(deps: AttachmentsDeps): Attachments {
  const { store, recorder, directory, clock } = deps;
  const places = placesOf(directory);
  const forget = (attachment: Attachment) => {
    store.drop(attachment.id);
    // A content without its row is harmless, and found at the next start; a row without its content is not.
    if (!store.has(attachment.sha256)) rmSync(places.content(attachment), { force: true });
  };
  const sweep = () => store.unusedBefore(clock.now() - UNUSED_MS).forEach(forget);
  const find = (project: string, ids: readonly string[]) => findAll(store, project, ids);
  return {
    find,
    keep: (upload) => keep(deps, upload, sweep),
    content: (id) => {
      const attachment = require(store, id);
      return { attachment, file: places.content(attachment) };
    },
    drop: (id) => {
      if (store.isUsed(id))
        throw new Refusal('wrong-state', `The file ${id} belongs to a goal or a message and stays with it.`);
      forget(require(store, id));
      return { attachment: id };
    },
    take: (project, ids) =>
      recorder.transact(() => {
        const found = find(project, ids);
        for (const { id } of found) store.use(id);
        return found;
      }),
    place: (attachments, folder) =>
      placeFiles(
        attachments.map((attachment) => ({ attachment, content: places.content(attachment) })),
        folder,
      ),
    recover: () => {
      sweep();
      rmSync(places.incoming, { recursive: true, force: true });
      for (const sha256 of places.kept())
        if (!store.has(sha256)) rmSync(places.content({ sha256 }), { force: true });
    },
  };
}

async function keep(deps: AttachmentsDeps, upload: Upload, sweep: () => void): Promise<Attachment> {
  const { store, recorder, clock, directory, mostBytes = MAX_ATTACHMENT_BYTES } = deps;
  if (!store.hasProject(upload.project))
    throw new Refusal('not-found', `There is no project ${upload.project}; nothing was kept.`);
  sweep();
  const places = placesOf(directory);
  const [id, name] = [newId('f'), shownName(upload.name)];
  mkdirSync(places.incoming, { recursive: true, mode: 0o700 });
  const file = join(places.incoming, id);
  const received = await receiveFile({ name, body: upload.body, file, mostBytes });
  const attachment = toAttachment(received, { id, name, project: upload.project, now: clock.now() });
  const content = places.content(attachment);
  mkdirSync(join(content, '..'), { recursive: true, mode: 0o700 });
  // In one turn, so that nobody sweeps the content away before its row is there.
  renameSync(file, content);
  recorder.transact(() => store.put(attachment));
  return attachment;
}

function toAttachment(
  { bytes, sha256, prefix }: Received,
  { id, name, project, now }: { id: string; name: string; project: string; now: number },
): Attachment {
  return { id, project, name, mediaType: typeOf(prefix), bytes, sha256, createdAt: now };
}

function findAll(store: AttachmentStore, project: string, ids: readonly string[]): readonly Attachment[] {
  const unique = [...new Set(ids)];
  if (unique.length > MAX_ATTACHMENTS)
    throw new Refusal('usage', `At most ${MAX_ATTACHMENTS} files can go along; nothing was made.`);
  return unique.map((id) => {
    const attachment = require(store, id);
    if (attachment.project === project) return attachment;
    throw new Refusal('not-found', `The file ${id} belongs to another project; nothing was made.`);
  });
}

function require(store: AttachmentStore, id: string): Attachment {
  const attachment = store.find(id);
  if (attachment !== null) return attachment;
  throw new Refusal('not-found', `There is no file ${id}.`, {
    hint: 'A file that nothing refers to is kept for a day. Hand it in again.',
  });
}

/** Contents lie under the first two digits of their hash, so that no folder grows without end. */
function placesOf(directory: string) {
  const kept = join(directory, 'kept');
  return {
    incoming: join(directory, 'incoming'),
    content: ({ sha256 }: Pick<Attachment, 'sha256'>) => join(kept, sha256.slice(0, 2), sha256),
    kept: (): readonly string[] => {
      mkdirSync(kept, { recursive: true, mode: 0o700 });
      return readdirSync(kept).flatMap((folder) => readdirSync(join(kept, folder)));
    },
  };
}
