import type { Attachment } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** Knows which files were handed in, and which of them are in use. */
export interface AttachmentStore {
  hasProject(project: string): boolean;
  put(attachment: Attachment): void;
  find(id: string): Attachment | null;
  /** From now on it belongs to a goal or a message, and is kept. */
  use(id: string): void;
  isUsed(id: string): boolean;
  drop(id: string): void;
  /** Those that nothing refers to and that came before a time. */
  unusedBefore(time: number): readonly Attachment[];
  /** Whether any file has this content. */
  has(sha256: string): boolean;
}

interface Row {
  readonly record: string;
}

/** A store of files on the server's database. */
export function makeAttachmentStore(db: Db): AttachmentStore {
  const projects = db.prepare<[string], unknown>('SELECT 1 FROM projects WHERE id = ?');
  const put = db.prepare(
    'INSERT INTO attachments (id, project, sha256, created_at, is_used, record) VALUES (?, ?, ?, ?, 0, ?)',
  );
  const find = db.prepare<[string], Row>('SELECT record FROM attachments WHERE id = ?');
  const use = db.prepare('UPDATE attachments SET is_used = 1 WHERE id = ?');
  const used = db.prepare<[string], unknown>('SELECT 1 FROM attachments WHERE id = ? AND is_used = 1');
  const drop = db.prepare('DELETE FROM attachments WHERE id = ?');
  const unused = db.prepare<[number], Row>(
    'SELECT record FROM attachments WHERE is_used = 0 AND created_at < ?',
  );
  const has = db.prepare<[string], unknown>('SELECT 1 FROM attachments WHERE sha256 = ? LIMIT 1');
  const parse = ({ record }: Row): Attachment => parseStored(record);
  return {
    hasProject: (project) => projects.all(project).length > 0,
    put: (attachment) => {
      const { id, project, sha256, createdAt } = attachment;
      put.run(id, project, sha256, createdAt, JSON.stringify(attachment));
    },
    find: (id) => find.all(id).map(parse)[0] ?? null,
    use: (id) => use.run(id),
    isUsed: (id) => used.all(id).length > 0,
    drop: (id) => drop.run(id),
    unusedBefore: (time) => unused.all(time).map(parse),
    has: (sha256) => has.all(sha256).length > 0,
  };
}
