import { ProjectConfig } from '@thalogos/contracts';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, PROJECT, withChecks, type World } from './test-world.ts';

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;

const config = (more: unknown) => ProjectConfig.parse(more);
const IMPORTS = "import a from './a.js';\n";

beforeEach(async () => {
  person = await makeRepository({
    commits: [
      {
        message: 'Start',
        files: { 'a.js': IMPORTS, 'CHANGES.md': '# Changes\n', deps: 'a\n', 'deps.lock': 'a\n' },
      },
    ],
  });
  directory = await makeTemporaryDirectory();
  world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
});

afterEach(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

/** Two tasks that both import something new. */
async function addImports() {
  await world.tasks.add({ id: 't-1', files: { 'a.js': `${IMPORTS}import c from './c.js';\n` } });
  await world.tasks.add({ id: 't-2', files: { 'a.js': `${IMPORTS}import b from './b.js';\n` } });
}

const merged = `${IMPORTS}import b from './b.js';\nimport c from './c.js';`;
const settled = [{ path: 'a.js', policy: 'imports', task: 't-2' }];
const policies = (revision: string) =>
  person.git('log', '-1', '--format=%(trailers:key=Thalogos-Policy,valueonly)', revision);

describe('a Save whose only conflict a rule settles', () => {
  it('lands, is checked like any other, and says so on its commit and to the person', async () => {
    world.change({
      config: withChecks({
        order: 'process.exit(require("fs").readFileSync("a.js","utf8").includes("b.js") ? 0 : 1)',
      }),
    });
    await addImports();
    const outcome = await world.save();
    expect(outcome).toMatchObject({ kind: 'saved', settled, checks: [{ name: 'order', state: 'passed' }] });
    expect(world.saves.get(outcome.save)).toMatchObject({ settled });
    expect(await person.git('show', 'HEAD:a.js')).toBe(merged);
    expect(await policies('HEAD')).toBe('imports "a.js"\n');
    expect(await policies('HEAD^1')).toBe('');
    expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true, problems: [] });
  });

  it('is foretold by the preview and no collision to the radar', async () => {
    await addImports();
    expect(await world.saves.preview(PROJECT)).toMatchObject({
      conflicts: [],
      settled,
      pairs: [],
      withMain: [],
    });
  });

  it('ends conflicted when the rule is switched off', async () => {
    world.change({ config: config({ conflicts: { policies: { imports: false } } }) });
    await addImports();
    expect(await world.saves.preview(PROJECT)).toMatchObject({
      conflicts: [{ path: 'a.js', policy: null }],
      pairs: [{}],
    });
    const outcome = await world.save();
    expect(outcome).toMatchObject({ kind: 'conflicted', conflicts: [{ path: 'a.js', policy: null }] });
    expect(outcome.settled).toBeUndefined();
  });

  it('names the task whose work a check does not like', async () => {
    world.change({
      config: withChecks({
        order: 'process.exit(require("fs").readFileSync("a.js","utf8").includes("b.js") ? 1 : 0)',
      }),
    });
    await addImports();
    expect(await world.save()).toMatchObject({
      kind: 'checks-failed',
      culprit: { task: 't-2', check: 'order' },
      rest: { savable: ['t-1'] },
      settled,
    });
  });
});

describe('a Save of which a rule settles a part', () => {
  it('ends conflicted over the rest, and says what needs nobody', async () => {
    await world.tasks.add({
      id: 't-1',
      files: { 'a.js': `${IMPORTS}import c from './c.js';\n`, deps: 'b\n' },
    });
    await world.tasks.add({
      id: 't-2',
      files: { 'a.js': `${IMPORTS}import b from './b.js';\n`, deps: 'c\n' },
    });
    expect(await world.save()).toMatchObject({ kind: 'conflicted', conflicts: [{ path: 'deps' }], settled });
  });
});

describe("the person's own commits", () => {
  it('are joined by the same rules', async () => {
    await world.tasks.add({ id: 't-1', files: { 'a.js': `${IMPORTS}import c from './c.js';\n` } });
    await person.git('checkout', '--quiet', '--detach');
    expect(await world.save()).toMatchObject({ kind: 'saved' });
    await person.git('checkout', '--quiet', '-B', 'main', 'HEAD');
    await person.commit('Mine', { 'a.js': `${IMPORTS}import b from './b.js';\n` });
    const outcome = await world.save();
    expect(outcome).toMatchObject({
      kind: 'saved',
      settled: [{ path: 'a.js', policy: 'imports', task: null }],
    });
    expect(await world.hub('show', 'main:a.js')).toBe(merged);
  });
});

describe('files for which a project lists something', () => {
  it('keep the lines of both sides only once that is trusted', async () => {
    const listed = config({ conflicts: { union: ['CHANGES.md'] } });
    world.change({ config: listed, trusted: false });
    await world.tasks.add({ id: 't-1', files: { 'CHANGES.md': '# Changes\n- One thing\n' } });
    await world.tasks.add({ id: 't-2', files: { 'CHANGES.md': '# Changes\n- Another thing\n' } });
    expect(await world.saves.preview(PROJECT)).toMatchObject({ conflicts: [{ path: 'CHANGES.md' }] });
    world.change({ trusted: true });
    expect(await world.save()).toMatchObject({ kind: 'saved', settled: [{ policy: 'union' }] });
    expect(await person.git('show', 'HEAD:CHANGES.md')).toBe('# Changes\n- One thing\n- Another thing');
  });

  const lock = (code: string) =>
    config({
      conflicts: { union: ['deps'] },
      generated: [{ files: ['*.lock'], command: [process.execPath, '-e', code] }],
    });
  const MAKE =
    'const fs = require("fs"); fs.writeFileSync("deps.lock", "made\\n" + fs.readFileSync("deps")); fs.writeFileSync("deps", "not taken")';
  const addLocks = async () => {
    await world.tasks.add({ id: 't-1', files: { deps: 'a\nb\n', 'deps.lock': 'a\nb\n' } });
    await world.tasks.add({ id: 't-2', files: { deps: 'a\nc\n', 'deps.lock': 'a\nc\n' } });
  };

  it('are made anew from the merged tree, and nothing else of what the command did is taken', async () => {
    world.change({ config: lock(MAKE) });
    await addLocks();
    const expected = [
      { path: 'deps', policy: 'union' },
      { path: 'deps.lock', policy: 'generated' },
    ];
    expect(await world.saves.preview(PROJECT)).toMatchObject({ conflicts: [], settled: expected });
    expect(await world.save()).toMatchObject({ kind: 'saved', settled: expected });
    expect(await person.git('show', 'HEAD:deps.lock')).toBe('made\na\nb\nc');
    expect(await person.git('show', 'HEAD:deps')).toBe('a\nb\nc');
    expect(await policies('HEAD')).toBe('union "deps", generated "deps.lock"\n');
  });

  it('are made once for one merge, so that a repeated one makes the same commits', async () => {
    const checked = withChecks({ no: 'process.exit(1)' });
    const { generated, conflicts } = lock(`${MAKE}; fs.appendFileSync("deps.lock", String(Math.random()))`);
    world.change({ config: { ...checked, generated, conflicts } });
    await addLocks();
    const lockOf = async () => {
      const { checks } = await world.save();
      const refs = await world.hub(
        'for-each-ref',
        '--format=%(refname) %(objectname)',
        'refs/thalogos/generated',
      );
      return [checks.map(({ state }) => state), refs];
    };
    const first = await lockOf();
    expect(first[1]).not.toBe('');
    expect(await lockOf()).toEqual(first);
    expect(await world.hub('fsck', '--strict')).not.toContain('error');
  });

  it('are for a person when the command fails, leaves a link, or is not trusted', async () => {
    await addLocks();
    const link =
      'const fs = require("fs"); fs.rmSync("deps.lock"); fs.symlinkSync("/etc/hostname", "deps.lock")';
    for (const change of [
      { config: lock(`${MAKE}; process.exit(1)`) },
      { config: lock(link) },
      { config: lock(MAKE), trusted: false },
    ]) {
      world.change(change);
      const { kind, conflicts } = await world.save();
      expect([kind, conflicts.map(({ path }) => path).at(-1)]).toEqual(['conflicted', 'deps.lock']);
    }
  });

  it('are not made while what they are made from is in dispute', async () => {
    world.change({ config: { ...lock(MAKE), conflicts: { policies: {}, union: [] } } });
    await addLocks();
    expect(await world.save()).toMatchObject({
      kind: 'conflicted',
      conflicts: [{ path: 'deps' }, { path: 'deps.lock' }],
    });
  });
});
