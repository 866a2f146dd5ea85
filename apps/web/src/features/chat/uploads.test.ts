import type { Attachment } from '@thalogos/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changeDraft, EMPTY_DRAFT, readDraft } from '../../lib/draft-state.ts';
import type { UploadWish } from '../../lib/upload-file.ts';
import { addFiles, stopUpload, tryAgain, useUploads } from './uploads.ts';

const HERE = { place: 's-1', project: 'p-1' };
const kept: Attachment = {
  ...{
    id: 'f-1',
    project: 'p-1',
    name: 'a.md',
    mediaType: 'text/plain',
    bytes: 1,
    sha256: 'a',
    createdAt: 0,
  },
};

/** A server of a test's own that takes a file when it is told to. */
function makeServer() {
  const asked: { wish: UploadWish; answer: PromiseWithResolvers<Attachment> }[] = [];
  const send = (wish: UploadWish) => {
    const answer = Promise.withResolvers<Attachment>();
    asked.push({ wish, answer });
    return answer.promise;
  };
  return { asked, send };
}

const uploads = () => useUploads.getState().uploads;

beforeEach(() => {
  changeDraft('s-1', () => EMPTY_DRAFT);
  changeDraft('s-1', () => ({ text: 'typed' }));
  useUploads.setState({ uploads: [], refused: {} });
});

describe('a file that is attached', () => {
  it('says how far it is, and then goes with the draft', async () => {
    const { asked, send } = makeServer();
    addFiles(HERE, [new File(['x'], 'a.md')], send);
    asked[0]?.wish.onProgress(1);
    expect(uploads()[0]).toMatchObject({ sent: 1, problem: null });
    asked[0]?.answer.resolve(kept);
    await vi.waitFor(() => expect(readDraft('s-1')).toMatchObject({ text: 'typed', files: [kept] }));
    expect(uploads()).toEqual([]);
  });

  it('that does not get through stays, with the reason and nothing typed lost, to be tried again', async () => {
    const { asked, send } = makeServer();
    addFiles(HERE, [new File(['x'], 'a.md')], send);
    asked[0]?.answer.reject(new Error('The disk is full.'));
    await vi.waitFor(() => expect(uploads()[0]?.problem).toBe('The disk is full.'));
    expect(readDraft('s-1')).toMatchObject({ text: 'typed', files: [] });
    tryAgain(uploads()[0]!, 'p-1', send);
    asked[1]?.answer.resolve(kept);
    await vi.waitFor(() => expect(readDraft('s-1').files).toEqual([kept]));
  });

  it('can be called off', () => {
    const { asked, send } = makeServer();
    addFiles(HERE, [new File(['x'], 'a.md')], send);
    stopUpload(uploads()[0]!);
    expect([asked[0]?.wish.signal.aborted, uploads().length]).toEqual([true, 0]);
  });

  it('is refused in words before it is sent where it can not go along', () => {
    const { asked, send } = makeServer();
    addFiles(HERE, [new File([], 'nothing')], send);
    expect([asked.length, useUploads.getState().refused['s-1']]).toEqual([0, ['nothing is empty.']]);
  });
});
