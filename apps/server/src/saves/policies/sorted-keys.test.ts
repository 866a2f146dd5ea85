import { describe, expect, it } from 'vitest';
import { settleSortedKeys } from './sorted-keys.ts';
import { settleWith } from './test-hunks.ts';

const manifest = (dependencies: Readonly<Record<string, string>>) =>
  `${JSON.stringify({ name: 'x', dependencies }, null, 2)}\n`;
const base = { ajv: '1.0.0', koa: '2.0.0', pug: '1.0.0', zod: '3.0.0' };
const settle = (
  ours: Readonly<Record<string, string>>,
  theirs: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>> = base,
) =>
  settleWith(settleSortedKeys, {
    path: 'package.json',
    base: manifest(before),
    ours: manifest(ours),
    theirs: manifest(theirs),
  });

describe('sorted dependencies', () => {
  it('take what both added, in order', () => {
    const { ajv, ...rest } = base;
    expect(settle({ ajv, debug: '1.0.0', ...rest }, { ajv, cors: '1.0.0', ...rest })).toBe(
      manifest({ ajv, cors: '1.0.0', debug: '1.0.0', ...rest }),
    );
  });

  it('keep their commas right at the end of the list', () => {
    expect(settle({ ...base, zx: '1.0.0' }, { ...base, zoo: '2.0.0' })).toBe(
      manifest({ ...base, zoo: '2.0.0', zx: '1.0.0' }),
    );
  });

  it('take a new version beside a new neighbour, and a removal', () => {
    expect(
      settle(
        { ...base, koa: '2.1.0' },
        { ajv: '1.0.0', got: '1.0.0', koa: '2.0.0', pug: '1.0.0', zod: '3.0.0' },
      ),
    ).toBe(manifest({ ajv: '1.0.0', got: '1.0.0', koa: '2.1.0', pug: '1.0.0', zod: '3.0.0' }));
    expect(
      settle(
        { ajv: '1.0.0', koa: '2.1.0', pg: '1.0.0', pug: '1.0.0', zod: '3.0.0' },
        { ajv: '1.0.0', koa: '2.0.0', ox: '1.0.0', pug: '1.0.0', zod: '3.0.0' },
      ),
    ).toBe(manifest({ ajv: '1.0.0', koa: '2.1.0', ox: '1.0.0', pg: '1.0.0', pug: '1.0.0', zod: '3.0.0' }));
  });

  it('are for a person when both want another version of one, or one changed what the other removed', () => {
    expect(settle({ ...base, koa: '2.1.0' }, { ...base, koa: '3.0.0' })).toBeNull();
    expect(settle({ ...base, koa: '2.1.0' }, { ajv: '1.0.0', pug: '1.0.0', zod: '3.0.0' })).toBeNull();
  });

  it('are for a person when they were not sorted, or are too few to tell', () => {
    const mixed = { zod: '1.0.0', ajv: '1.0.0', koa: '1.0.0' };
    expect(settle({ ...mixed, ox: '1.0.0' }, { ...mixed, pg: '1.0.0' }, mixed)).toBeNull();
    expect(settle({ ajv: '1.0.0', b: '1.0.0' }, { ajv: '1.0.0', c: '1.0.0' }, { ajv: '1.0.0' })).toBeNull();
  });
});

describe('sorted lines', () => {
  const lines = (...words: string[]) => words.map((word) => `${word}\n`).join('');
  it('take what both added, each with its version', () => {
    const sides = {
      path: 'requirements.txt',
      base: lines('attrs==1', 'flask==2', 'zeep==1'),
      ours: lines('attrs==1', 'django==4', 'flask==2', 'zeep==1'),
      theirs: lines('attrs==1', 'celery==5', 'flask==2', 'zeep==1'),
    };
    expect(settleWith(settleSortedKeys, sides)).toBe(
      lines('attrs==1', 'celery==5', 'django==4', 'flask==2', 'zeep==1'),
    );
  });

  it('are for a person when they are sentences, or when an entry would come twice', () => {
    const sides = {
      base: lines('a', 'd', 'e'),
      ours: lines('a', 'b is', 'd', 'e'),
      theirs: lines('a', 'c is', 'd', 'e'),
    };
    expect(settleWith(settleSortedKeys, sides)).toBeNull();
    const twice = {
      base: lines('a==1', 'd', 'e'),
      ours: lines('a==1', 'b==1', 'd', 'e'),
      theirs: lines('a==1', 'b==2', 'd', 'e'),
    };
    expect(settleWith(settleSortedKeys, twice)).toBeNull();
  });
});
