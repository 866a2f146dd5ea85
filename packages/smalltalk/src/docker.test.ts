import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readArguments } from './interfaces/cli/read-arguments.ts';
import { OPERATIONS } from './interfaces/web/operations.ts';

// No Docker is at hand where this runs: what the files name is looked up instead.

const packageRoot = fileURLToPath(new URL('..', import.meta.url));
const repository = resolve(packageRoot, '../..');
const dockerFolder = resolve(packageRoot, 'docker');
const lines = readFileSync(resolve(dockerFolder, 'Dockerfile'), 'utf8')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const argumentsOf = (instruction: string) =>
  lines
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));
const Manifest = z.object({
  packageManager: z.string().optional(),
  engines: z.object({ node: z.string() }).optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  files: z.array(z.string()).default([]),
});
const manifestOf = (folder: string) =>
  Manifest.parse(JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')));
const command = z.array(z.string()).parse(JSON.parse(argumentsOf('CMD')[0] ?? ''));
const [port] = argumentsOf('EXPOSE');

describe('the Dockerfile', () => {
  it('knows every instruction, and copies what is there', () => {
    const known = 'FROM WORKDIR RUN COPY ENV USER VOLUME EXPOSE HEALTHCHECK CMD'.split(' ');
    expect(lines.map((line) => line.split(' ')[0] ?? '').filter((word) => !known.includes(word))).toEqual([]);
    const sources = argumentsOf('COPY')
      .filter((text) => !text.startsWith('--from='))
      .flatMap((text) => text.split(' ').slice(0, -1));
    expect(sources.filter((source) => !existsSync(resolve(repository, source)))).toEqual([]);
  });

  it('takes over from earlier stages alone what they made', () => {
    const stages = argumentsOf('FROM').flatMap((from) => / AS (\w+)$/.exec(from)?.[1] ?? []);
    const taken = argumentsOf('COPY').flatMap((text) => /^--from=(\w+) (\S+)/.exec(text)?.slice(1, 3) ?? []);
    expect(taken).toEqual([...stages, '/packed']);
    expect(argumentsOf('RUN').join('\n')).toContain('--pack-destination /packed');
  });

  it('installs the versions that are tried here', () => {
    const { packageManager } = manifestOf(repository);
    const { dependencies, devDependencies } = manifestOf(packageRoot);
    const named = Object.fromEntries(
      [
        ...argumentsOf('RUN')
          .join(' ')
          .matchAll(/ ((?:@[\w-]+\/)?[\w.-]+)@(\d[\w.]*)/g),
      ].map(([, name = '', version = '']) => [name, version]),
    );
    expect(`pnpm@${named['pnpm'] ?? ''}`).toBe(packageManager);
    for (const name of ['token.js', 'ws', 'zod'])
      expect({ ...dependencies, ...devDependencies }[name]).toMatch(new RegExp(`^${named[name] ?? 'none'}`));
    for (const image of argumentsOf('FROM'))
      expect(Number(/^node:(\d+)-/.exec(image)?.[1])).toBeGreaterThanOrEqual(24);
  });

  it('starts a command that the package has, on the port that it offers and looks after', () => {
    const [node, program = '', ...given] = command;
    const inPackage = program
      .replace('node_modules/@thalogos/smalltalk/dist/', 'src/')
      .replace(/\.js$/, '.ts');
    expect([node, existsSync(resolve(packageRoot, inPackage))]).toEqual(['node', true]);
    const asked = readArguments(given);
    expect(asked).toMatchObject({ kind: 'playground', port: Number(port), host: '0.0.0.0' });
    if (asked.kind !== 'playground') return;
    expect(existsSync(resolve(packageRoot, asked.file))).toBe(true);
    const checked = URL.parse(/http:\/\/\S+/.exec(argumentsOf('HEALTHCHECK')[0] ?? '')?.[0] ?? '');
    expect([checked?.port, OPERATIONS.some(({ path }) => path === checked?.pathname)]).toEqual([port, true]);
  });

  it('runs as nobody in particular, in a folder that is its own', () => {
    const [user] = argumentsOf('USER');
    expect(Number(user)).toBeGreaterThan(0);
    expect(argumentsOf('RUN').join(' ')).toContain(`adduser -D -u ${user ?? ''}`);
    const [volume = ''] = argumentsOf('VOLUME');
    expect(argumentsOf('ENV').join(' ')).toContain(`STORAGE_PATH=${volume}`);
    expect(argumentsOf('RUN').join(' ')).toContain(`mkdir -m 700 ${volume}`);
  });
});

describe('the compose file', () => {
  const Compose = z.object({
    services: z.record(
      z.string(),
      z.object({
        build: z.object({ context: z.string(), dockerfile: z.string() }),
        ports: z.array(z.string()),
        environment: z.record(z.string(), z.string()),
        volumes: z.array(z.string()),
        stop_grace_period: z.string(),
      }),
    ),
    volumes: z.record(z.string(), z.unknown()),
  });
  const { services, volumes } = Compose.parse(
    parse(readFileSync(resolve(dockerFolder, 'compose.yaml'), 'utf8')),
  );
  const { smalltalk } = services;

  it('builds this Dockerfile from the root of the repository', () => {
    const context = resolve(dockerFolder, smalltalk?.build.context ?? '');
    expect(context).toBe(repository);
    const file = resolve(context, smalltalk?.build.dockerfile ?? '');
    expect([file, existsSync(file)]).toEqual([resolve(dockerFolder, 'Dockerfile'), true]);
    expect(existsSync(`${file}.dockerignore`)).toBe(true);
    expect(dirname(file)).toBe(dockerFolder);
  });

  it('opens the port to this machine alone, keeps the sessions, and waits for the stop', () => {
    expect(smalltalk?.ports).toEqual([`127.0.0.1:${port ?? ''}:${port ?? ''}`]);
    expect(smalltalk?.volumes.map((volume) => volume.split(':'))).toEqual([
      [Object.keys(volumes)[0], argumentsOf('VOLUME')[0]],
    ]);
    expect(Number.parseInt(smalltalk?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(60);
  });

  it('hands in variables that something reads', () => {
    const sources = ['llm/read-model-settings.ts', 'llm/providers.ts'].map((file) =>
      readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8'),
    );
    for (const name of Object.keys(smalltalk?.environment ?? {})) expect(sources.join('\n')).toContain(name);
  });
});
