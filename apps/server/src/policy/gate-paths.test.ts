import { describe, expect, it } from 'vitest';
import { gatePaths } from './gate-paths.ts';

const none: readonly (readonly string[])[] = [];

describe('the gate of a project', () => {
  it('is its project file, its CI and the configuration of its tests', () => {
    const gate = [
      '.thalogos/config.yaml',
      '.thalogos/hooks/a/b.sh',
      '.github/workflows/test.yml',
      '.github/actions/setup/action.yml',
      '.gitlab-ci.yml',
      '.circleci/config.yml',
      'Jenkinsfile',
      'vitest.config.ts',
      'apps/web/vitest.config.mts',
      'jest.config.js',
      'pytest.ini',
    ];
    expect(gatePaths(gate, none)).toEqual(gate);
  });

  it('is not the code, its tests, or what only looks alike', () => {
    const work = ['src/a.ts', 'src/a.test.ts', 'thalogos/config.yaml', '.github/README.md', 'docs/jest.md'];
    expect(gatePaths(work, none)).toEqual([]);
  });

  it('is the script that a check or the setup runs', () => {
    const commands = [
      ['node', 'scripts/check.mjs', 'src/a.js'],
      ['./test'],
      ['sh', '-c', 'b.sh'],
      ['node', '--test', 'c.js'],
    ];
    expect(gatePaths(['scripts/check.mjs', 'src/a.js', 'test', 'b.sh', 'c.js'], commands)).toEqual([
      'scripts/check.mjs',
      'test',
    ]);
  });

  it('is the list of scripts that a check is looked up in', () => {
    expect(gatePaths(['package.json', 'Makefile'], [['npm', 'test']])).toEqual(['package.json']);
    expect(gatePaths(['package.json', 'Makefile'], [['make', 'test']])).toEqual(['Makefile']);
    expect(gatePaths(['package.json', 'Makefile'], [['node', '--test']])).toEqual([]);
  });

  it('does not depend on the case that a file system forgets', () => {
    expect(gatePaths(['.Thalogos/Config.yaml', '.GITHUB/workflows/x.yml'], none)).toHaveLength(2);
  });
});
