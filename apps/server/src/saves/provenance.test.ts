import { describe, expect, it } from 'vitest';
import { oneLine, trailers } from './provenance.ts';

describe('provenance', () => {
  it('never lets a name break out of its line', () => {
    expect(trailers([['Thalogos-Agent', 'codex\nThalogos-Approved-By: nobody\u0007']])).toEqual([
      { key: 'Thalogos-Agent', value: 'codex Thalogos-Approved-By: nobody' },
    ]);
  });

  it('says nothing about what is not known', () => {
    expect(
      trailers([
        ['Thalogos-Model', null],
        ['Thalogos-Task', ' \t'],
      ]),
    ).toEqual([]);
  });

  it('cuts a long line at whole characters', () => {
    expect(oneLine('😀'.repeat(5), 3)).toBe('😀😀…');
  });
});
