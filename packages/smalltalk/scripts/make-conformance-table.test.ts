import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeConformanceTables } from './make-conformance-table.ts';

const home = join(import.meta.dirname, '..');
const page = readFileSync(join(home, '../../docs/smalltalk/conformance.md'), 'utf8');

function report(...outcomes: readonly [form: string, title: string, status: string][]) {
  const assertionResults = outcomes.map(([form, title, status]) => ({
    ancestorTitles: ['with redis-server', `${form} as a cursor store`, 'saving'],
    title,
    status,
  }));
  return { testResults: [{ assertionResults }] };
}

it('a table has a row for each sentence and a column for each backend, offered or not', () => {
  const { text, problems } = makeConformanceTables(
    report(['memory-cursor-store', 'keeps', 'passed'], ['redis-cursor-store', 'keeps', 'passed']),
  );
  expect(text).toContain('| saving: keeps | yes | not offered | yes |');
  expect(problems).toEqual([]);
});

it('a sentence that fails or was left out is told', () => {
  const { text, problems } = makeConformanceTables(
    report(['memory-cursor-store', 'keeps', 'failed'], ['redis-cursor-store', 'keeps', 'skipped']),
  );
  expect(text).toContain('| saving: keeps | **no** | not offered | not run |');
  expect(problems).toEqual([
    'memory-cursor-store as cursor store: saving: keeps: failed',
    'redis-cursor-store as cursor store: saving: keeps: skipped',
  ]);
});

it('the kept page names every adapter, and every cell of it says yes or that nothing is offered', () => {
  const ports = /-(?:event-log|cursor-store|message-store|dead-letter-store|storage-adapter)\.ts$/;
  const forms = readdirSync(join(home, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(/[\\/]/).at(-1) ?? '')
    .filter((file) => ports.test(file) && !file.startsWith('parse-'))
    .map((file) => `\`${file.slice(0, -3)}\``);
  const interfaces = ['a program in the same process', 'the terminal', 'REST', 'the WebSocket'];
  expect([...forms, ...interfaces].filter((name) => !page.includes(name))).toEqual([]);
  expect(page).not.toMatch(/\*\*no\*\*|not run/);
});

it('the kept page has every sentence of the suites, as far as they are written without values', () => {
  const folder = join(home, 'src/conformance');
  const sentences = readdirSync(folder)
    .filter((file) => file.endsWith('-conformance.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/\bit\(\s*'([^'\\]+)'/g)])
    .map(([, sentence = '']) => sentence);
  expect([sentences.filter((sentence) => !page.includes(sentence)), sentences.length > 60]).toEqual([
    [],
    true,
  ]);
});
