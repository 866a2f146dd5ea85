import { describe, expect, it } from 'vitest';
import { runsSomething, setupInputs } from './setup-inputs.ts';

const PATHS = [
  'package.json',
  'pnpm-lock.yaml',
  'web/package.json',
  'src/a.ts',
  'scripts/setup.sh',
  'data/x/y.csv',
];
const of = (commands: string[][], declared: string[] = [], paths = PATHS) =>
  setupInputs({ commands, paths, declared });

describe('the inputs of a setup', () => {
  it('are the manifests where only package managers run', () => {
    expect(
      of([
        ['npm', 'ci', '--no-audit'],
        ['pnpm', 'install', '--frozen-lockfile'],
      ]),
    ).toEqual({
      kind: 'some',
      paths: ['package.json', 'pnpm-lock.yaml', 'web/package.json'],
    });
    expect(of([['pip', 'install', '-r', 'requirements.txt']], [], ['requirements.txt', 'a.py'])).toEqual({
      kind: 'some',
      paths: ['requirements.txt'],
    });
  });

  it.each([
    [['make']],
    [['npm', 'run', 'build']],
    [['npm', 'install', './local']],
    [['pip', 'install', '.']],
    [['sh', 'scripts/setup.sh']],
  ])('are every file where %j runs, of which nothing is known', (command) => {
    expect(of([['npm', 'ci'], command])).toEqual({ kind: 'all' });
  });

  it('are every file where an installer asks a program of the repository', () => {
    expect(of([['pnpm', 'install']], [], ['package.json', '.pnpmfile.cjs'])).toEqual({ kind: 'all' });
  });

  it('are what the project file names, with the manifests and the commands’ own files', () => {
    expect(of([['sh', './scripts/setup.sh']], ['data/'])).toEqual({
      kind: 'some',
      paths: ['package.json', 'pnpm-lock.yaml', 'web/package.json', 'scripts/setup.sh', 'data/x/y.csv'],
    });
  });

  it('are more than a manifest that has something run or copied', () => {
    expect(runsSomething('package.json', '{"scripts":{"postinstall":"node x"}}')).toBe(true);
    expect(runsSomething('package.json', '{"dependencies":{"x":"file:../x"}}')).toBe(true);
    expect(runsSomething('requirements.txt', 'flask\n-e .\n')).toBe(true);
    expect(runsSomething('package.json', '{"scripts":{"test":"vitest"},"dependencies":{"x":"1"}}')).toBe(
      false,
    );
  });
});
