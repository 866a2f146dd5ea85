import { describe, expect, it } from 'vitest';
import { firstLoad, type Piece, sumOf, tableOf } from './first-load.ts';

const piece = (file: string, bytes: number, more: Partial<Piece> = {}): Piece => ({
  file,
  bytes,
  sources: [],
  imports: [],
  styles: [],
  ...more,
});

const BUILD = [
  piece('index.js', 10, { sources: ['index.html'], imports: ['shared.js'], styles: ['index.css'] }),
  piece('start.js', 90, { sources: ['src/a.ts', 'src/start.tsx'], imports: ['shared.js', 'index.js'] }),
  piece('shared.js', 40, { imports: ['deep.js'] }),
  piece('deep.js', 5, { imports: ['shared.js'] }),
  piece('index.css', 3),
  piece('graph.js', 500, { sources: ['src/graph.tsx'], imports: ['shared.js'] }),
];

describe('the first load', () => {
  it('is what the page and its start import, however deep, each once, with the styles', () => {
    const load = firstLoad(BUILD, ['index.html', 'src/start.tsx']);
    expect(load.map(({ file }) => file)).toEqual([
      'start.js',
      'shared.js',
      'index.js',
      'deep.js',
      'index.css',
    ]);
    expect(sumOf(load)).toBe(148);
  });

  it('is not weighed without what must be in it', () => {
    expect(() => firstLoad(BUILD, ['index.html', 'src/moved.tsx'])).toThrow('no piece for src/moved.tsx');
  });

  it('is told as a table that ends with the whole', () => {
    const load = [
      piece('big.js', 100_000),
      ...Array.from({ length: 13 }, (_, at) => piece(`small-${at}.js`, 1_000)),
    ];
    const lines = tableOf(load, 250_000).split('\n');
    expect(lines[0]).toBe('   100.0 kB  big.js');
    expect(lines.slice(-2)).toEqual([
      '     2.0 kB  2 smaller files',
      '   113.0 kB  in all, of at most 250.0 kB',
    ]);
  });
});
