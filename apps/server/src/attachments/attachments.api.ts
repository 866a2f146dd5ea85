import { type Attachment, AttachmentInput } from '@thalogos/contracts';
import { procedure, router } from '../api/trpc.ts';

/** A file on its way in. */
export interface Upload {
  readonly project: string;
  /** As the sender calls it; anything may stand in it. */
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The use cases behind the calls on files; a file comes in and goes out by `/upload`. */
export interface AttachmentCalls {
  keep(upload: Upload): Promise<Attachment>;
  /** A file and where its content lies. */
  content(id: string): { readonly attachment: Attachment; readonly file: string };
  /** Takes away a file that was handed in and not used. */
  drop(id: string): { attachment: string };
}

/** Calls on files that people hand in. */
export function makeAttachmentsApi(calls: AttachmentCalls) {
  return router({
    drop: procedure('operator')
      .input(AttachmentInput)
      .mutation(({ input }) => calls.drop(input.attachment)),
  });
}
