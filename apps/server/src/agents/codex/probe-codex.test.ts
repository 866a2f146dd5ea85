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
import { CODEX_VERSION } from './find-codex.ts';
import { compareVersions } from '../../platform/compare-versions.ts';
import { chooseCodex, probeCodex } from './probe-codex.ts';

let root: string;
let host: Record<string, string>;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'thalogos-codex-')));
  host = { PATH: join(root, 'bin'), HOME: join(root, 'home') };
});
afterEach(() => rm(root, { recursive: true }));

/** An npm install of codex under `folder`, whose binary is no codex; gives the binary's path. */
async function installCodex(folder: string): Promise<string> {
  const scope = join(folder, 'node_modules', '@openai');
  const binary = join(
    scope,
    `codex-${process.platform}-${process.arch}`,
    'vendor',
    'some-triple',
    'bin',
    'codex',
  );
  await put(join(scope, 'codex', 'bin', 'codex.js'), '#!/usr/bin/env node\n');
  // A real binary, because a script would be taken for another wrapper.
  await put(binary, '');
  await rm(binary);
  await symlink('/bin/echo', binary);
  return binary;
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
}

describe('looking for codex', () => {
  it('says how to install it where there is none', async () => {
    expect(await probeCodex({ path: null, host })).toEqual({
      installed: false,
      version: null,
      path: null,
      signedIn: false,
      healthy: false,
      problems: ['codex was not found'],
      fix: `npm i -g @openai/codex@${CODEX_VERSION}`,
    });
  });

  it('follows npm’s wrapper to the binary, and asks that one', async () => {
    await installCodex(root);
    await mkdir(host['PATH'] ?? '', { recursive: true });
    await symlink(
      join(root, 'node_modules', '@openai', 'codex', 'bin', 'codex.js'),
      join(root, 'bin', 'codex'),
    );

    const probe = await probeCodex({ path: null, host });
    expect(probe.path).toBe(await realpath('/bin/echo'));
    expect(probe).toMatchObject({ installed: true, healthy: false });
    expect(await chooseCodex({ path: null, host })).toBeNull();
  });

  it('tries nothing but the path that a person set', async () => {
    expect(await probeCodex({ path: join(root, 'nothing'), host })).toMatchObject({
      installed: false,
      problems: [`${join(root, 'nothing')} is not codex`],
    });
  });

  it('needs no sign-in where our own settings name a provider', async () => {
    expect(await probeCodex({ path: null, host, hasProvider: true })).toMatchObject({ signedIn: true });
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
