import { posix } from 'node:path';
import picomatch from 'picomatch';

/** What decides whether work may land, wherever it is kept: the project file, CI, and the configuration of tests. */
const GATE = [
  '.thalogos/**',
  '.github/workflows/**',
  '.github/actions/**',
  '.gitlab-ci.yml',
  '.gitlab/ci/**',
  '.circleci/**',
  '.buildkite/**',
  '.travis.yml',
  'Jenkinsfile',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  '**/{vitest,jest,playwright,karma,cypress,wdio}{.config,.conf,.workspace}.*',
  '**/.mocharc*',
  '**/{pytest.ini,tox.ini,conftest.py,phpunit.xml,.rspec}',
];

/** Programs that look up in a file what they are asked to run. */
const SCRIPT_LISTS: Readonly<Record<string, string>> = {
  npm: 'package.json',
  pnpm: 'package.json',
  yarn: 'package.json',
  bun: 'package.json',
  make: 'Makefile',
  just: 'justfile',
};

const INTERPRETERS = ['node', 'deno', 'bun', 'sh', 'bash', 'zsh', 'python', 'python3', 'ruby', 'perl', 'php'];

// A file system that forgets case would run `.Thalogos` as well.
const isGate = picomatch(GATE, { dot: true, nocase: true });

/** The paths among `paths` that decide what the checks do: gate files, and what `commands` (argv of checks and setup) run. */
export function gatePaths(
  paths: readonly string[],
  commands: readonly (readonly string[])[],
): readonly string[] {
  const run = new Set(commands.flatMap(scriptsOf));
  return paths.filter((path) => isGate(path) || run.has(path));
}

function scriptsOf([command = '', first = '']: readonly string[]): readonly string[] {
  const list = SCRIPT_LISTS[posix.basename(command)];
  if (list !== undefined) return [list];
  const script = INTERPRETERS.includes(posix.basename(command)) ? first : command;
  // Options, and programs that are found elsewhere, are no files of the project.
  if (script.startsWith('-') || (script === command && !script.includes('/'))) return [];
  return [posix.normalize(script)];
}
