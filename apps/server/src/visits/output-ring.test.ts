import { describe, expect, it } from 'vitest';
import { makeOutputRing } from './output-ring.ts';

const read = (ring: ReturnType<typeof makeOutputRing>, place: number | null) => {
  const { from, bytes } = ring.from(place);
  return { from, text: bytes.toString() };
};

describe('the newest output of a shell', () => {
  it('gives everything while it fits, and the rest to one who has seen the beginning', () => {
    const ring = makeOutputRing(100);
    ring.push(Buffer.from('one\ntwo\n'));
    expect(read(ring, null)).toEqual({ from: 0, text: 'one\ntwo\n' });
    expect(read(ring, 4)).toEqual({ from: 4, text: 'two\n' });
    expect(read(ring, 8)).toEqual({ from: 8, text: '' });
  });

  it('begins at a whole line where the beginning is gone', () => {
    const ring = makeOutputRing(10);
    for (const line of ['alpha\n', 'bravo\n', 'delta\n']) ring.push(Buffer.from(line));
    expect(read(ring, null)).toEqual({ from: 12, text: 'delta\n' });
    expect(read(ring, 2)).toEqual({ from: 12, text: 'delta\n' });
    expect(read(ring, 15)).toEqual({ from: 15, text: 'ta\n' });
  });

  it('gives what it has to one who claims to have seen more than there was', () => {
    const ring = makeOutputRing(10);
    ring.push(Buffer.from('a\n'));
    expect(read(ring, 1000)).toEqual({ from: 0, text: 'a\n' });
  });

  it('holds no more than twice its limit of a flood', () => {
    const ring = makeOutputRing(1024);
    for (let i = 0; i < 10_000; i += 1) ring.push(Buffer.alloc(100, 'y'));
    expect(ring.from(null).bytes.length).toBeLessThanOrEqual(1024);
  });
});
