import { z } from 'zod';
import { ProjectId, Timestamp } from './ids.ts';
import { MAX_ATTACHMENTS } from './limits.ts';

/** One file that was handed in. */
export const AttachmentId = z.string().regex(/^f-[a-z0-9]{1,62}$/);
export type AttachmentId = z.infer<typeof AttachmentId>;

/** What a file is, told by its first bytes; whatever is none of the others is `application/octet-stream`. */
export const AttachmentType = z.enum([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'application/zip',
  'text/plain',
  'application/octet-stream',
]);
export type AttachmentType = z.infer<typeof AttachmentType>;

/** A file that a person handed in; its content is at `/upload/ID`. */
export const Attachment = z.object({
  id: AttachmentId,
  project: ProjectId,
  /** For people to read; never a path. */
  name: z.string(),
  mediaType: AttachmentType,
  bytes: z.number().int(),
  /** SHA-256 of its content, in hexadecimal digits. */
  sha256: z.string(),
  createdAt: Timestamp,
});
export type Attachment = z.infer<typeof Attachment>;

/** The files that go with something, by name. */
export const AttachmentIds = z.array(AttachmentId).max(MAX_ATTACHMENTS);
export type AttachmentIds = z.infer<typeof AttachmentIds>;

/** Names a file that was handed in. */
export const AttachmentInput = z.object({ attachment: AttachmentId });

/** Where a file that is handed in belongs and what it is called: the query of `POST /upload`. */
export const UploadQuery = z.object({ project: ProjectId, name: z.string().max(4096) });
export type UploadQuery = z.infer<typeof UploadQuery>;
