import { describe, expect, it } from 'vitest';
import { NO_PROJECT_FILE, parseProjectFile } from './parse-project-file.ts';
import { projectFileSchema } from './project-file-schema.ts';

const file = '.thalogos/config.yaml';
const parse = (text: string) => parseProjectFile(Buffer.from(text), file);
const problems = (text: string) =>
  parse(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('the project file', () => {
  it('is all optional', () => {
    expect(parse('')).toEqual(NO_PROJECT_FILE);
    expect(parse('# nothing yet\n')).toEqual(NO_PROJECT_FILE);
  });

  it('reads the example of its own documentation', () => {
    const { config, problems: found } = parse(`branch: main
setup: [[pnpm, install, --frozen-lockfile]]
copy: [.env]
checks:
  - name: tests
    command: [npm, test]
    timeout: 600          # seconds
    paths: ["src/**"]
approve: [docs/**]
generated:
  - files: [pnpm-lock.yaml]
    command: [pnpm, install, --lockfile-only]
`);
    expect(found).toEqual([]);
    expect(config).toMatchObject({
      branch: 'main',
      setup: [['pnpm', 'install', '--frozen-lockfile']],
      checks: [{ name: 'tests', command: ['npm', 'test'], timeout: 600, paths: ['src/**'] }],
      limits: { concurrency: 4 },
    });
  });

  it('knows the line of each setting that it makes, two levels deep', () => {
    const { lines } = parse('branch: main\nlimits:\n  attempts: 3\nagents:\n  codex: { permission: ask }\n');
    expect(lines).toEqual({ branch: 1, limits: 2, 'limits.attempts': 3, agents: 4, 'agents.codex': 5 });
    expect(parse('branch: [').lines).toEqual({});
  });

  it('says where a setting is that does not exist, and which was meant', () => {
    expect(problems('branch: main\nchekcs: []\n')).toEqual([
      '2:1 chekcs is no setting; did you mean checks?',
    ]);
    expect(problems('checks:\n  - name: a\n    command: [b]\n    timout: 3\n')).toEqual([
      '4:5 timout is no setting of checks[0]; did you mean timeout?',
    ]);
    expect(problems('conflicts:\n  policies:\n    whitespce: true\n')).toEqual([
      '3:5 whitespce is no setting of conflicts.policies; did you mean whitespace?',
    ]);
    expect(problems('conflicts: {union: CHANGELOG.md}')).toEqual(['1:20 conflicts.union: expected a list']);
    expect(problems('zzzzzz: 1')[0]).toContain('expected one of branch, setup, ');
  });

  it('says where a value has the wrong type and what was expected', () => {
    expect(problems('branch: [main]')).toEqual(['1:9 branch: expected text']);
    expect(problems('setup:\n  - npm ci\n')).toEqual(['2:5 setup[0]: expected a list']);
    expect(problems('checks:\n  - name: a\n    command: [b]\n    timeout: soon\n')).toEqual([
      '4:14 checks[0].timeout: expected a number',
    ]);
    expect(problems('checks:\n  - name: a\n')).toEqual(['2:5 checks[0].command: expected a list']);
    expect(problems('checks:\n  - {name: a, command: []}')).toEqual([
      '2:24 checks[0].command: expected a list with something in it',
    ]);
    expect(problems('- a')).toEqual(['1:1 The file: expected named settings']);
  });

  it('sends nothing anywhere unless it says so, and names what it means', () => {
    const { config } = parse('forge:\n  repository: ada/shop\nenvironments: [next, live]\n');
    expect(config).toMatchObject({
      environments: ['next', 'live'],
      remote: { name: 'origin', push: 'none', schemes: ['https', 'ssh'] },
      forge: { url: 'https://api.github.com', required: false, wait: 900 },
    });
    expect(parse('').config).toMatchObject({ environments: ['dev', 'staging', 'prod'] });
    expect(problems('remote:\n  push: main\n')[0]).toMatch(/^2:9 remote\.push: .*"none"\|"integration"/);
    expect(problems('forge:\n  repository: shop\n')).toEqual(['2:15 forge.repository: expected owner/name']);
    expect(problems('forge:\n  repository: a/b\n  url: ftp://x\n')).toEqual([
      '3:8 forge.url: expected an address such as https://example.org',
    ]);
    for (const host of ['forge.example.org', 'localhost:80@forge.example.org', 'localhost.example.org'])
      expect(problems(`forge: {repository: a/b, url: "http://${host}"}`)).toEqual([
        '1:31 forge.url: expected https, because a token is sent there',
      ]);
    expect(problems('forge: {repository: a/b, url: "http://127.0.0.1:80"}')).toEqual([]);
    expect(problems('environments: ["--x"]')).toEqual([
      '1:16 environments[0]: expected the name of a branch',
    ]);
  });

  it('reports every problem, in order, and applies nothing', () => {
    const parsed = parse('branch: 1\ncopy: 2\nsetup: [[a]]\n');
    expect(parsed.problems.map(({ line }) => line)).toEqual([1, 2]);
    expect(parsed.config).toEqual(NO_PROJECT_FILE.config);
  });

  it('reports broken YAML and doubled keys with their lines', () => {
    expect(problems('branch: "main\n')[0]).toMatch(/^\d+:\d+ /);
    expect(problems('branch: a\nbranch: b\n')[0]).toMatch(/^2:1 .*unique/);
    expect(problems('a: 1\n---\nb: 2\n')[0]).toMatch(/^2:/);
  });

  it('is bounded against files made to exhaust', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${Array(10).fill(`*${'abcdefghi'[i]}`).join(',')}]`).join('\n')}`;
    expect(problems(bomb)).toEqual(['1:1 The file has too many aliases']);
    expect(problems('['.repeat(200_000)).length).toBeGreaterThan(0);
    expect(problems(`# ${'x'.repeat(1024 * 1024)}`)).toEqual(['1:1 The file is larger than 1 MB']);
    expect(parseProjectFile(Uint8Array.of(0xff, 0xfe, 0x41), file).problems[0]?.message).toBe(
      'The file is not UTF-8 text',
    );
  });

  it('has its schema published for editors', async () => {
    const schema = `${JSON.stringify(projectFileSchema(), null, 2)}\n`;
    await expect(schema).toMatchFileSnapshot('../../../../../docs/api/project-file.schema.json');
  });
});
