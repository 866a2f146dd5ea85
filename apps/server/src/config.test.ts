import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const read = (words: string[] = [], environment: Record<string, string> = {}) =>
  readConfig({ arguments: words, environment, workingDirectory: '/work' });

describe('the settings', () => {
  it('are safe when nothing is said', () => {
    expect(read()).toMatchObject({
      dataDirectory: `${homedir()}/.local/share/thalogos`,
      host: '127.0.0.1',
      port: 4870,
      opensBrowser: true,
      idleStopMinutes: null,
      demo: false,
      repository: null,
      previewPorts: { from: 4900, to: 4999 },
      editor: null,
      failpoint: null,
      logLevel: 'info',
    });
  });

  it.each([
    [{ XDG_DATA_HOME: '/xdg' }, '/xdg/thalogos'],
    [{ XDG_DATA_HOME: '/xdg', THALOGOS_HOME: '/mine' }, '/mine'],
    [{ THALOGOS_HOME: 'here' }, '/work/here'],
  ])('find the data directory from %j', (environment, folder) => {
    expect(read([], environment).dataDirectory).toBe(folder);
  });

  it('take arguments before the environment', () => {
    const config = read(['--port', '0', '--no-open', '--demo', 'repo'], { THALOGOS_PORT: '5000' });
    expect(config).toMatchObject({ port: 0, opensBrowser: false, demo: true, repository: '/work/repo' });
    expect(read([], { THALOGOS_PORT: '5000', THALOGOS_NO_OPEN: '1' })).toMatchObject({
      port: 5000,
      opensBrowser: false,
    });
  });

  it('let a server in the background end when nobody is there, unless it is kept', () => {
    expect(read(['--background']).idleStopMinutes).toBe(30);
    expect(read(['--background'], { THALOGOS_IDLE_MINUTES: '0.5' }).idleStopMinutes).toBe(0.5);
    expect(read(['--background', '--keep']).idleStopMinutes).toBe(null);
    expect(read(['--background']).opensBrowser).toBe(false);
  });

  it.each([
    ['{"model_provider":"mock","n":1}', ['model_provider="mock"', 'n=1']],
    ['["a=1","b=2"]', ['a=1', 'b=2']],
    ['a=1\n b="x y" \n', ['a=1', 'b="x y"']],
    ['', []],
  ])('read overrides for Codex from %j', (text, overrides) => {
    expect(read([], { THALOGOS_CODEX_CONFIG: text }).agents.codexConfig).toEqual(overrides);
  });

  it('let keys through by name and know their values as secrets', () => {
    const config = read([], {
      OPENAI_API_KEY: 'sk-1',
      MY_TOKEN: 'secret-2',
      PATH: '/bin',
      THALOGOS_KEY_NAMES: 'MY_KEY',
    });
    expect(config.agents.moreKeyNames).toEqual(['MY_KEY']);
    expect(config.secrets.toSorted()).toEqual(['secret-2', 'sk-1']);
  });

  it('read a failpoint with the time at which it goes off', () => {
    expect([
      read([], { THALOGOS_FAILPOINT: 'publish' }).failpoint,
      read([], { THALOGOS_FAILPOINT: 'merge:3' }).failpoint,
    ]).toEqual([
      { name: 'publish', nth: 1 },
      { name: 'merge', nth: 3 },
    ]);
  });

  it.each([
    [['--port', 'x'], {}, '--port must be 0 to 65535, not x'],
    [['--port', '70000'], {}, '--port must be 0 to 65535'],
    [['--prot', '1'], {}, '--prot'],
    [['a', 'b'], {}, 'one repository at most'],
    [[], { THALOGOS_PORT: 'x' }, 'THALOGOS_PORT'],
    [[], { THALOGOS_LOG_LEVEL: 'loud' }, 'THALOGOS_LOG_LEVEL'],
    [[], { THALOGOS_CODEX_CONFIG: '{' }, 'THALOGOS_CODEX_CONFIG: a JSON object'],
    [[], { THALOGOS_FAILPOINT: 'a b' }, 'THALOGOS_FAILPOINT: name or name:n'],
    [['--proxy', 'ftp://x'], {}, '--proxy must be an address'],
  ])('that can’t be used are named: %j %j', (words, environment, message) => {
    expect(() => read(words, environment)).toThrow(ConfigError);
    expect(() => read(words, environment)).toThrow(message);
  });

  it('open the server to the network only behind a stated proxy', () => {
    for (const host of ['0.0.0.0', '192.168.1.5', '::'])
      expect(() => read(['--host', host])).toThrow('without encryption');
    expect(read(['--host', '0.0.0.0', '--proxy', 'https://thalogos.example'])).toMatchObject({
      host: '0.0.0.0',
      proxy: 'https://thalogos.example',
    });
    for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1'])
      expect(read(['--host', host]).host).toBe(host);
  });
});
