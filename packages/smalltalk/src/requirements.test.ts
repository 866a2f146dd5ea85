import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = import.meta.dirname;
const repository = join(source, '../../..');
const text = readFileSync(join(repository, 'docs/smalltalk/requirements.md'), 'utf8');

function numbered(prefix: string, last: number, letters: Readonly<Record<number, string>> = {}): string[] {
  return Array.from({ length: last }, (_, place) => {
    const id = `${prefix}${String(place + 1).padStart(3, '0')}`;
    const lettered = [...(letters[place + 1] ?? '')].map((letter) => id + letter);
    // FR-016 exists with its letters alone.
    return id === 'FR-016' ? lettered : [id, ...lettered];
  }).flat();
}

it('lists every requirement once', () => {
  const ids = [...text.matchAll(/^\| ((?:T|FR-|SC-)\d{3}[a-z]?) \|/gm)].map(([, id]) => id);
  const letters = { 2: 'ab', 4: 'a', 9: 'a', 10: 'a', 11: 'a', 16: 'abc', 34: 'ab', 38: 'a' };
  expect(ids).toEqual([...numbered('T', 90), ...numbered('FR-', 56, letters), ...numbered('SC-', 30)]);
});

it('names files that exist', () => {
  const files = new Set(text.match(/(?<![\w/.])(?:[a-z-]+\/)*[a-z-]+(?:\.[a-z]+)*\.(?:ts|md)\b/g) ?? []);
  const missing = [...files].filter(
    (file) => !existsSync(join(source, file)) && !existsSync(join(repository, file)),
  );
  expect([missing, files.size > 50]).toEqual([[], true]);
});

/** What a test file says; the suites that a form must pass are spread over their folder. */
function titlesOf(file: string): string {
  if (!file.startsWith('conformance/')) return readFileSync(join(source, file), 'utf8');
  const folder = join(source, 'conformance');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

it('quotes tests by what they say', () => {
  const quotes = [...text.matchAll(/([a-z/-]+(?:\.[a-z]+)*\.ts) \(([^)]+)\)/g)];
  const wrong = quotes.flatMap(([, file = '', quoted = '']) =>
    quoted.split('; ').filter((phrase) => !titlesOf(file).includes(phrase)),
  );
  expect([wrong, quotes.length > 40]).toEqual([[], true]);
});
