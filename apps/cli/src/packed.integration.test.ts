import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const HOME = join(import.meta.dirname, '..');

let scratch: TemporaryDirectory;
let installed: string;

/** What a stranger installs: the packed package with SQLite's binaries, and nothing of this repository. */
async function install(): Promise<void> {
  scratch = await makeTemporaryDirectory('thalogos-packed-');
  const source = join(scratch.path, 'source');
  for (const part of ['package.json', 'README.md', 'dist'])
    await cp(join(HOME, part), join(source, part), { recursive: true });
  await run(process.execPath, [join(HOME, '../../scripts/pack/gather-package.mjs'), 'gather', source]);
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch.path], { cwd: source });
  const tarball = (await readdir(scratch.path)).find((name) => name.endsWith('.tgz')) ?? '';
  await run('tar', ['xzf', tarball], { cwd: scratch.path });
  installed = join(scratch.path, 'package');
  const native = await realpath(join(HOME, 'node_modules/better-sqlite3'));
  await mkdir(join(installed, 'node_modules'));
  // What it needs in its turn lies beside it in pnpm's store, as npm would put it.
  for (const name of await readdir(dirname(native)))
    await symlink(join(dirname(native), name), join(installed, 'node_modules', name), 'dir');
}

// It packs what was built, and that is only sure to be of these sources where the runner built it.
describe.skipIf(process.env['THALOGOS_TEST_BUILT'] !== '1')('the package that people install', () => {
  beforeAll(install);
  afterAll(() => scratch[Symbol.asyncDispose]());

  it('holds no map of sources and nothing of a machine', async () => {
    const files = await readdir(installed, { recursive: true });
    expect(files).toEqual(
      expect.arrayContaining(['dist/main.js', 'server/main.js', 'web/index.html', 'LICENSE']),
    );
    expect(files.filter((file) => file.endsWith('.map') || file.endsWith('.tgz'))).toEqual([]);
  });

  it('without a word serves its console, and ends when it is told to', async () => {
    const empty = join(scratch.path, 'empty');
    await mkdir(empty);
    const child = spawn(process.execPath, [join(installed, 'dist/main.js')], {
      cwd: empty,
      env: { PATH: process.env['PATH'], HOME: empty, THALOGOS_PORT: '0', THALOGOS_NO_OPEN: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    const [line] = (await Promise.race([
      once(createInterface({ input: child.stdout }), 'line', { signal: AbortSignal.timeout(60_000) }),
      ended.then(() => ['it ended']),
    ])) as [string];
    const address = /http:\S+?(?=\/#token)/.exec(line)?.[0] ?? line;
    const page = await fetch(`${address}/`);
    expect(await page.text()).toContain('<div id="root">');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });
});
