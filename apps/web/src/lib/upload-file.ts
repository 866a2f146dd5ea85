import { Attachment, ErrorBody } from '@thalogos/contracts';
import { z } from 'zod';
import { CALL_HEADER } from './trpc.ts';

const Refused = z.object({ error: ErrorBody });

/** A file that was not taken, in the server's words where it had any. */
export class UploadFailure extends Error {
  override readonly name = 'UploadFailure';
}

/** How a file is handed in. */
export interface UploadWish {
  readonly project: string;
  readonly file: File;
  readonly signal: AbortSignal;
  /** Told how many bytes have gone out so far. */
  readonly onProgress: (sent: number) => void;
}

/** Hands a file in; unlike `fetch`, the request says how far it is. Throws an `UploadFailure`. */
export function uploadFile({ project, file, signal, onProgress }: UploadWish): Promise<Attachment> {
  const { promise, resolve, reject } = Promise.withResolvers<Attachment>();
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ project, name: file.name });
  request.open('POST', `/upload?${query.toString()}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  for (const [name, value] of Object.entries(CALL_HEADER)) request.setRequestHeader(name, value);
  request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
  request.addEventListener('load', () => {
    try {
      resolve(readAnswer(request.status, request.responseText));
    } catch (cause) {
      reject(cause instanceof Error ? cause : new UploadFailure(String(cause)));
    }
  });
  const fail = () =>
    reject(new UploadFailure('It did not get through: the server does not answer, or the file has changed.'));
  request.addEventListener('error', fail);
  request.addEventListener('timeout', fail);
  request.addEventListener('abort', () => reject(new UploadFailure('Called off.')));
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.send(file);
  return promise;
}

/** What the server made of a file: the file as it is kept, or why it is not. */
export function readAnswer(status: number, text: string): Attachment {
  const answer = parseJson(text);
  if (status === 200) {
    const kept = Attachment.safeParse(answer);
    if (kept.success) return kept.data;
  }
  const refused = Refused.safeParse(answer);
  if (!refused.success) throw new UploadFailure(`The server answered ${status}.`);
  const { message, hint } = refused.data.error;
  throw new UploadFailure(hint === null ? message : `${message} ${hint}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in between may answer with a page.
    return null;
  }
}
