import { expect, it } from 'vitest';
import { makeFrameReader } from './event-frames.ts';

const TEXT = 'retry: 1000\n\nid: 7\nevent: a\ndata: {"a":1}\n\n: 123\n\nid: 8\nevent: b\ndata: "ü"\n\n';
const FRAMES = [
  { id: 7, data: '{"a":1}' },
  { id: 8, data: '"ü"' },
];

it('reads the same frames wherever the text is cut', () => {
  for (let at = 0; at <= TEXT.length; at += 1) {
    const read = makeFrameReader();
    expect([...read(TEXT.slice(0, at)), ...read(TEXT.slice(at))]).toEqual(FRAMES);
  }
});

it('keeps half a frame until its end has come', () => {
  const read = makeFrameReader();
  expect(read('id: 1\ndata: {}\n')).toEqual([]);
  expect(read('\n')).toEqual([{ id: 1, data: '{}' }]);
});
