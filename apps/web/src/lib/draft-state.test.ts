import { beforeEach, describe, expect, it } from 'vitest';
import { changeDraft, EMPTY_DRAFT, fillDraft, moveDraft, readDraft } from './draft-state.ts';

beforeEach(() => {
  for (const place of ['s-1', 's-2']) changeDraft(place, () => EMPTY_DRAFT);
});

describe('a draft', () => {
  it('belongs to its place', () => {
    changeDraft('s-1', () => ({ text: 'one' }));
    expect([readDraft('s-1').text, readDraft('s-2').text]).toEqual(['one', '']);
  });

  it('keeps the name under which it was sent only as long as it is the same', () => {
    changeDraft('s-1', () => ({ text: 'one' }));
    changeDraft('s-1', () => ({ once: 'u-1' }));
    expect(readDraft('s-1')).toMatchObject({ text: 'one', once: 'u-1' });
    changeDraft('s-1', () => ({ text: 'one more' }));
    expect(readDraft('s-1').once).toBeNull();
  });

  it('goes along, with the name under which it was sent, to the session that is opened for it', () => {
    changeDraft('s-1', () => ({ text: 'one' }));
    changeDraft('s-1', () => ({ once: 'u-1' }));
    moveDraft('s-1', 's-2');
    expect([readDraft('s-1'), readDraft('s-2')]).toEqual([
      EMPTY_DRAFT,
      { text: 'one', files: [], once: 'u-1' },
    ]);
  });

  it('gives way to what another panel puts in, and is back in no other place', () => {
    changeDraft('s-1', () => ({ text: 'one' }));
    fillDraft('a goal');
    expect(readDraft('s-1').text).toBe('a goal');
    changeDraft('s-1', ({ text }) => ({ text: `${text}!` }));
    expect([readDraft('s-1').text, readDraft('s-2').text]).toEqual(['a goal!', '']);
  });
});
