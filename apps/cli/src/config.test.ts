import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOfCaller } from './config.ts';

describe('the folder that a command was called from', () => {
  it('is the working directory, without npm', () => {
    expect(folderOfCaller({}, '/work')).toBe('/work');
    expect(folderOfCaller({ INIT_CWD: '' }, '/work')).toBe('/work');
  });

  it('is where npm was called, in the folder of npm’s own package', () => {
    const npm = { INIT_CWD: '/repository', npm_package_json: join(tmpdir(), 'package.json') };
    expect(folderOfCaller(npm, tmpdir())).toBe('/repository');
    expect(folderOfCaller({ INIT_CWD: '/repository' }, '/work')).toBe('/repository');
  });

  it('is the working directory for what npm started and what then went elsewhere', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'thalogos-'));
    const npm = { INIT_CWD: '/repository', npm_package_json: join(tmpdir(), 'package.json') };
    expect(folderOfCaller(npm, elsewhere)).toBe(elsewhere);
    rmSync(elsewhere, { recursive: true });
  });
});
