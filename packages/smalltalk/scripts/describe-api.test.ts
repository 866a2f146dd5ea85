import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeApi } from './describe-api.ts';
import { parseModule, readDeclarations, readExports } from './read-declarations.ts';

it('the kept page says what the code says: pnpm --filter @thalogos/smalltalk api-reference', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/smalltalk/api.md'), 'utf8');
  expect(page === describeApi()).toBe(true);
});

it('exports are found with the module that each comes from', () => {
  expect(readExports(parseModule(`export { one, type Two } from './one.ts';\nconst three = 3;`))).toEqual([
    { name: 'one', from: './one.ts' },
    { name: 'Two', from: './one.ts' },
  ]);
});

it('a function is told by its signature, without its body and its comments', () => {
  const text = `/** Adds. */\nexport async function add(\n  one: number, // the first\n  url = 'http://here',\n): Promise<number> {\n  return one;\n}`;
  expect(readDeclarations(parseModule(text), 'add')).toEqual([
    {
      name: 'add',
      signature: "function add(one: number, url = 'http://here'): Promise<number>",
      doc: 'Adds.',
      members: [],
    },
  ]);
});

it('a class is told by what is for its readers', () => {
  const text = `/** A box. */
    export class Box<T> extends Thing {
      readonly size: number;
      #inner = 1;
      private hidden = 2;
      /**
       * Opens it.
       *
       * @throws Error when it is locked.
       */
      override async open({ key }: { key: string }): Promise<T> { return this.#inner; }
    }`;
  const [box] = readDeclarations(parseModule(text), 'Box');
  expect([box?.signature, box?.members]).toEqual([
    'class Box<T> extends Thing',
    [
      { signature: 'readonly size: number', doc: '' },
      {
        signature: 'open({ key }: { key: string }): Promise<T>',
        doc: 'Opens it. *throws*: Error when it is locked.',
      },
    ],
  ]);
});

it('a long type is told by its members, a short one whole, and a value beside its type', () => {
  const long = Array.from({ length: 20 }, (_, place) => `readonly field${String(place)}: string;`).join('\n');
  const text = `export type Long = {\n${long}\n};\nexport const State = { on: 'on' } as const;\nexport type State = 'on' | 'off';`;
  const [type] = readDeclarations(parseModule(text), 'Long');
  expect([type?.signature, type?.members.length]).toEqual(['type Long = { … }', 20]);
  expect(readDeclarations(parseModule(text), 'State').map(({ signature }) => signature)).toEqual([
    "const State = { on: 'on' } as const",
    "type State = 'on' | 'off'",
  ]);
});
