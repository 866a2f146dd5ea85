import type { Attachment } from '@thalogos/contracts';
import { create } from 'zustand';
import { changeDraft, readDraft } from '../../lib/draft-state.ts';
import type { UploadWish } from '../../lib/upload-file.ts';
import { sortFiles } from './files-view.ts';

/** A file on its way to the server, or one that did not get there. */
export interface Upload {
  readonly id: number;
  /** The draft that it goes with. */
  readonly place: string;
  readonly file: File;
  /** How many bytes have gone out. */
  readonly sent: number;
  /** Why it did not get through; null while it may. */
  readonly problem: string | null;
  readonly stop: AbortController;
}

interface UploadsState {
  readonly uploads: readonly Upload[];
  /** What was refused last in each place, in sentences. */
  readonly refused: Readonly<Record<string, readonly string[]>>;
}

/** Files on their way; they go on while another panel is looked at, and end with the page. */
export const useUploads = create<UploadsState>()(() => ({ uploads: [], refused: {} }));

/** Hands a file in. */
export type SendFile = (wish: UploadWish) => Promise<Attachment>;

/** What checks the server's answer is heavy, and wanted only once there is a file. */
const uploadFile: SendFile = async (wish) => (await import('../../lib/upload-file.ts')).uploadFile(wish);

let last = 0;

function change(id: number, by: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((one) => (one.id === id ? { ...one, ...by } : one)),
  }));
}

function forget(id: number): void {
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((one) => one.id !== id) }));
}

/** Where files go: a draft of a project. */
export interface FilePlace {
  readonly place: string;
  readonly project: string;
}

/** Hands files in for a draft, each by itself; what can't go along is said. */
export function addFiles(
  { place, project }: FilePlace,
  files: readonly File[],
  sendFile: SendFile = uploadFile,
): void {
  const already = readDraft(place).files.length + uploadsOf(place).length;
  const { taken, refused } = sortFiles(files, already);
  useUploads.setState((state) => ({ refused: { ...state.refused, [place]: refused } }));
  for (const file of taken) {
    last += 1;
    const upload = { id: last, place, file, sent: 0, problem: null, stop: new AbortController() };
    useUploads.setState(({ uploads }) => ({ uploads: [...uploads, upload] }));
    void send(upload, project, sendFile);
  }
}

/** Tries once more to hand a file in. */
export function tryAgain(upload: Upload, project: string, sendFile: SendFile = uploadFile): void {
  const fresh = { ...upload, sent: 0, problem: null, stop: new AbortController() };
  change(upload.id, fresh);
  void send(fresh, project, sendFile);
}

/** Calls a file off. */
export function stopUpload({ id, stop }: Upload): void {
  stop.abort();
  forget(id);
}

/** Takes what was refused off the screen. */
export function forgetRefused(place: string): void {
  useUploads.setState((state) => ({ refused: { ...state.refused, [place]: [] } }));
}

async function send({ id, place, file, stop }: Upload, project: string, sendFile: SendFile): Promise<void> {
  try {
    const onProgress = (sent: number) => change(id, { sent });
    const kept = await sendFile({ project, file, signal: stop.signal, onProgress });
    if (stop.signal.aborted) return;
    forget(id);
    changeDraft(place, ({ files }) => ({ files: [...files, kept] }));
  } catch (cause) {
    change(id, { problem: cause instanceof Error ? cause.message : String(cause) });
  }
}

function uploadsOf(place: string): readonly Upload[] {
  return useUploads.getState().uploads.filter((one) => one.place === place);
}
