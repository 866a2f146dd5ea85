import {
  chmod,
  mkdir,
  readdir,
  readFile,
  readlink,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { hashTree, makeTemporaryDirectory, type TemporaryDirectory, writeFiles } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSetupCache, type SetupCache } from './setup-cache.ts';

const KNOWN = { files: new Set(['package.json', '.env', 'src/a.ts']), folders: new Set(['src']) };

let root: TemporaryDirectory;
let cache: SetupCache;
const at = (...names: string[]) => join(root.path, ...names);

beforeEach(async () => {
  root = await makeTemporaryDirectory();
  cache = makeSetupCache(at('cache'), { entries: 2, bytes: 100_000 });
  for (const name of ['one', 'two', 'three'])
    await writeFiles(at(name), { 'package.json': '{}', 'src/a.ts': 'a', '.env': `SECRET=${name}` });
});

afterEach(async () => root[Symbol.asyncDispose]());

const keep = (key: string, name: string) => cache.keep(key, at(name), KNOWN);

describe('a setup cache', () => {
  it('gives the next worktree what the setup made, and nothing that was there before', async () => {
    await writeFiles(at('one'), {
      'node_modules/x/index.js': { executable: '#!/usr/bin/env node\n' },
      'node_modules/.bin/x': { link: '../x/index.js' },
      'node_modules/.bin/abs': { link: at('one', 'node_modules', 'x', 'index.js') },
      'src/generated.ts': 'g',
      'sealed/file': 's',
    });
    await mkdir(at('one', 'empty'));
    await utimes(at('one', 'src/generated.ts'), 1000, 1000);
    await chmod(at('one', 'sealed'), 0o555);
    expect(await keep('k', 'one')).toBe(true);
    expect(await cache.restore('k', at('two'))).toBe('restored');
    const made = await hashTree(at('two'), []);
    const wanted = await hashTree(at('one'), []);
    expect({ ...made, '.env': null, 'node_modules/.bin/abs': null }).toEqual({
      ...{ ...wanted, '.env': null, 'node_modules/.bin/abs': null },
    });
    expect(await readFile(at('two', '.env'), 'utf8')).toBe('SECRET=two');
    expect(await readlink(at('two', 'node_modules/.bin/abs'))).toBe(at('two', 'node_modules/x/index.js'));
    expect((await stat(at('two', 'src/generated.ts'))).mtimeMs).toBe(1_000_000);
    expect((await stat(at('two', 'sealed'))).mode & 0o777).toBe(0o555);
    for (const name of ['one', 'two']) await chmod(at(name, 'sealed'), 0o755);
  });

  it('shares no file with a worktree', async () => {
    await writeFiles(at('one'), { 'made/x': 'made' });
    await keep('k', 'one');
    await cache.restore('k', at('two'));
    await writeFile(at('two', 'made/x'), 'spoilt');
    await writeFile(at('one', 'made/x'), 'spoilt');
    await cache.restore('k', at('three'));
    expect(await readFile(at('three', 'made/x'), 'utf8')).toBe('made');
    expect((await stat(at('three', 'made/x'))).nlink).toBe(1);
  });

  it('lets text that names its worktree name the next one, and keeps no binary that does', async () => {
    await writeFiles(at('one'), { '.venv/bin/pip': `#!${at('one')}/.venv/bin/python\n` });
    expect(await keep('k', 'one')).toBe(true);
    await cache.restore('k', at('two'));
    expect(await readFile(at('two', '.venv/bin/pip'), 'utf8')).toBe(`#!${at('two')}/.venv/bin/python\n`);
    await writeFiles(at('three'), { 'made.bin': `\0${at('three')}\0` });
    expect(await keep('other', 'three')).toBe(false);
    expect(await cache.restore('other', at('two'))).toBe('absent');
  });

  it('writes over nothing and through no link', async () => {
    await writeFiles(at('one'), { 'src/made/x': 'made' });
    await keep('k', 'one');
    await writeFiles(at('two'), { 'src/made/x': 'mine' });
    expect(await cache.restore('k', at('two'))).toBe('failed');
    expect(await readFile(at('two', 'src/made/x'), 'utf8')).toBe('mine');
    await mkdir(at('outside'));
    await mkdir(at('four'));
    await symlink(at('outside'), at('four', 'src'));
    expect(await cache.restore('k', at('four'))).toBe('failed');
    expect(await readdir(at('outside'))).toEqual([]);
  });

  it('does not give what is not whole any more', async () => {
    await writeFiles(at('one'), { 'made/x': 'made' });
    await keep('k', 'one');
    await writeFile(at('cache', 'k', 'files', 'made', 'x'), 'ma');
    expect(await cache.restore('k', at('two'))).toBe('failed');
    await writeFile(at('cache', 'k', 'manifest.json'), '{"origin":');
    expect(await cache.restore('k', at('two'))).toBe('absent');
  });

  it('keeps the few that were used last, none that is too large, and nothing half made', async () => {
    await writeFiles(at('one'), { 'made/x': 'made' });
    await writeFiles(at('cache'), { 'making-old/x': 'half' });
    await utimes(at('cache', 'making-old'), 1000, 1000);
    for (const [n, key] of ['a', 'b'].entries()) {
      await keep(key, 'one');
      await utimes(at('cache', key), 2000 + n, 2000 + n);
    }
    await cache.restore('a', at('two'));
    await keep('c', 'one');
    expect((await readdir(at('cache'))).toSorted()).toEqual(['a', 'c']);
    await writeFiles(at('three'), { large: 'x'.repeat(60_000) });
    expect(await keep('large', 'three')).toBe(false);
    await writeFiles(at('cache'), { 'making-now/x': 'half' });
    expect(
      await cache.keep('none', at('one'), { ...KNOWN, files: new Set([...KNOWN.files, 'made/x']) }),
    ).toBe(true);
  });
});
