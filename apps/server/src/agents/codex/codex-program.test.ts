import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareCodexHome, readCodexAccount } from './codex-home.ts';
import { systemClock } from '../../platform/clock.ts';
import { compareVersions } from '../../platform/compare-versions.ts';
import { makePlainSandbox } from '../../sandbox/contain.ts';
import { chooseProgram } from '../probe-program.ts';
import { makeCodexAdapter } from './codex-adapter.ts';
import { codexProgram } from './codex-program.ts';

let root: string;
let host: Record<string, string>;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'thalogos-codex-')));
  host = { PATH: join(root, 'bin'), HOME: join(root, 'home') };
});
afterEach(() => rm(root, { recursive: true }));

/** An npm install of codex under `folder`; gives the program itself. */
async function installCodex(folder: string, version: string): Promise<string> {
  const scope = join(folder, 'node_modules', '@openai');
  const [, native = ''] = codexProgram.natives;
  const program = join(scope, 'codex', native);
  await put(join(scope, 'codex', 'package.json'), JSON.stringify({ name: '@openai/codex', version }));
  await put(join(scope, 'codex', 'bin', 'codex.js'), '#!/usr/bin/env node\n');
  await put(program, '');
  return program;
}

/** What an adapter needs besides, of which looking needs nothing but the host. */
const places = () => ({ host, sandbox: makePlainSandbox(host), clock: systemClock });

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
}

describe('looking for codex', () => {
  it('says how to install it where there is none', async () => {
    const codex = makeCodexAdapter({ ...places(), path: null });
    expect(await codex.probe()).toEqual({
      installed: false,
      version: null,
      path: null,
      signedIn: false,
      healthy: false,
      problems: ['codex was not found'],
      fix: `npm i -g @openai/codex@${codexProgram.version}`,
    });
  });

  it('follows npm’s wrapper to the program, and starts neither', async () => {
    const program = await installCodex(root, '0.168.9');
    await mkdir(host['PATH'] ?? '', { recursive: true });
    const wrapper = join(root, 'node_modules', '@openai', 'codex', 'bin', 'codex.js');
    await symlink(wrapper, join(root, 'bin', 'codex'));

    const codex = makeCodexAdapter({ ...places(), path: null });
    expect(await codex.probe()).toMatchObject({
      ...{ installed: true, healthy: false, version: '0.168.9', path: program },
      problems: ['codex 0.168.9 is older than 0.169.0', 'codex is not signed in'],
    });
    expect(await chooseProgram(codexProgram, { path: null, host })).toBeNull();

    await installCodex(root, codexProgram.version);
    expect(await chooseProgram(codexProgram, { path: wrapper, host })).toMatchObject({ path: program });
  });

  it('never takes the wrapper for the program', async () => {
    const program = await installCodex(root, codexProgram.version);
    await rm(program);
    const wrapper = join(root, 'node_modules', '@openai', 'codex', 'bin', 'codex.js');
    expect(await chooseProgram(codexProgram, { path: wrapper, host })).toBeNull();
  });

  it('tries nothing but the path that a person set', async () => {
    const codex = makeCodexAdapter({ ...places(), path: join(root, 'nothing') });
    expect(await codex.probe()).toMatchObject({
      installed: false,
      problems: [`${join(root, 'nothing')} is not codex`],
    });
  });

  it('needs no sign-in where our own settings name a provider', async () => {
    const settings = { model_provider: 'x' };
    const codex = makeCodexAdapter({ ...places(), path: null, settings });
    expect(await codex.probe()).toMatchObject({ signedIn: true });
  });

  it('uses a version that nobody has tried, warns of it and tells which it is', async () => {
    const [major = '0', minor = '0'] = codexProgram.version.split('.');
    const version = `${major}.${Number(minor) + 1}.0`;
    await installCodex(root, version);
    const path = join(root, 'node_modules', '@openai', 'codex', 'bin', 'codex.js');
    const settings = { model_provider: 'x' };
    const codex = makeCodexAdapter({ ...places(), path, settings });
    expect(await codex.probe()).toMatchObject({
      ...{ installed: true, version, healthy: true },
      problems: [`codex ${version} is newer than ${codexProgram.version}, with which it was tried`],
    });
  });

  it('orders versions by number', () => {
    expect(compareVersions('0.169.0', '0.9.0')).toBeGreaterThan(0);
    expect(compareVersions('0.169.0', '0.169.0')).toBe(0);
    expect(compareVersions('0.168.9', '0.169.0')).toBeLessThan(0);
  });
});

describe('the person’s account', () => {
  const auth = () => join(root, 'home', '.codex', 'auth.json');

  it('is signed in by auth.json, or by a provider of their own with its variable', async () => {
    expect(await readCodexAccount(host)).toEqual({ signedIn: false, credentials: [] });
    await put(auth(), '{}');
    expect(await readCodexAccount(host)).toEqual({ signedIn: true, credentials: [] });
    const own = join(root, 'own');
    await put(join(own, 'config.toml'), 'model_provider = "x"\n[model_providers.x]\nenv_key = "X_KEY"\n');
    expect(await readCodexAccount({ CODEX_HOME: own })).toEqual({ signedIn: true, credentials: ['X_KEY'] });
  });

  it('is linked, never copied, into the private folder; the settings are copied', async () => {
    await put(auth(), '{"token":1}');
    await put(join(root, 'home', '.codex', 'config.toml'), 'model = "m"\n');
    const home = join(root, 'state', 'codex');
    await prepareCodexHome(host, home);
    await prepareCodexHome(host, home);

    expect(await readlink(join(home, 'auth.json'))).toBe(auth());
    expect((await lstat(join(home, 'config.toml'))).isSymbolicLink()).toBe(false);
    expect(await readFile(join(home, 'config.toml'), 'utf8')).toBe('model = "m"\n');
  });
});
