import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const page = readFileSync(join(root, 'docs', 'agents', 'faults.md'), 'utf8');

it('names for every fault of an agent a test that is there', () => {
  const named = [...page.matchAll(/`([\w./-]+\.ts)`: “([^”]+)”/g)].map(([, file = '', words = '']) => ({
    file,
    words,
  }));
  const gone = named.filter(({ file, words }) => !readFileSync(join(root, file), 'utf8').includes(words));
  expect(gone).toEqual([]);
  const lines = page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (what is done|---)/.test(line));
  expect(lines.filter((line) => !line.includes('.ts`: “'))).toEqual([]);
});
