import { readFile } from 'node:fs/promises';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, PERSON, PROJECT, withChecks, type World } from './test-world.ts';

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;

beforeEach(async () => {
  person = await makeRepository({
    commits: [{ message: 'Start', files: { 'a.txt': 'a\n', 'b.txt': 'b\n' } }],
  });
  directory = await makeTemporaryDirectory();
  world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
});

afterEach(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

describe('a Save', () => {
  it('lands what was approved as one signed checkpoint and brings it to the person', async () => {
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    await world.tasks.add({ id: 't-2', files: { 'c.txt': 'c\n' }, after: ['t-1'] });
    await world.tasks.add({ id: 't-3', files: { 'd.txt': 'd\n' }, state: 'review' });
    const before = await person.oid();
    const outcome = await world.save();
    const day = new Date().toISOString().slice(0, 10);
    expect(outcome).toMatchObject({
      kind: 'saved',
      checkpoint: { tag: `checkpoint/${day}-001`, sequence: 1, commit: await person.oid() },
      base: before,
      tasks: ['t-1', 't-2'],
      checks: [{ name: 'checks', state: 'unverified' }],
      delivery: { state: 'updated' },
    });
    expect(await person.git('show', 'HEAD:a.txt')).toBe('a1');
    expect(await person.git('show', 'HEAD:c.txt')).toBe('c');
    expect(await person.git('ls-tree', '--name-only', 'HEAD')).not.toContain('d.txt');
    expect(await person.git('status', '--porcelain')).toBe('');
    expect(['t-1', 't-2', 't-3'].map(world.tasks.state)).toEqual(['saved', 'saved', 'review']);
    expect(await world.timeline.verify(PROJECT)).toMatchObject({
      ok: true,
      problems: [],
      checked: { commits: 4, tags: 1 },
    });
  });

  it('writes who did it, for whom and in which Save into each merge', async () => {
    await world.tasks.add({ id: 't-1', title: 'Say\nhello', agent: 'codex', files: { 'a.txt': 'a1\n' } });
    const { save } = await world.save();
    expect(await person.git('log', '-1', '--format=%an|%cn|%s')).toBe('codex|Thalogos|Say hello');
    expect(
      await person.git(
        'log',
        '-1',
        '--format=%(trailers:key=Thalogos-Task,key=Thalogos-Save,key=Thalogos-Agent,key=Thalogos-Approved-By,valueonly)',
      ),
    ).toBe(`t-1\ncodex/1.0\n${save}\nada\n`);
  });

  it('has nothing to save when nothing is approved', async () => {
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' }, state: 'review' });
    expect(await world.save()).toMatchObject({
      kind: 'nothing-to-save',
      checkpoint: null,
      tasks: [],
      delivery: null,
    });
    expect(await world.timeline.list({ project: PROJECT, limit: 10 })).toEqual([]);
  });

  it('leaves main alone when two tasks conflict, and names both', async () => {
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'one\n' } });
    await world.tasks.add({ id: 't-2', files: { 'a.txt': 'two\n' } });
    await world.tasks.add({ id: 't-3', files: { 'c.txt': 'c\n' } });
    const before = await person.oid();
    const outcome = await world.save();
    expect(outcome).toMatchObject({
      kind: 'conflicted',
      checkpoint: null,
      conflicts: [
        {
          path: 'a.txt',
          kind: 'text',
          ours: { task: 't-1', title: 'Task t-1' },
          theirs: { task: 't-2', title: 'Task t-2' },
          policy: null,
        },
      ],
      rest: { savable: ['t-1', 't-3'] },
      delivery: null,
    });
    expect([await person.oid(), await world.hub('rev-parse', 'main'), await world.hub('tag')]).toEqual([
      before,
      before,
      '',
    ]);
    expect(await world.timeline.list({ project: PROJECT, limit: 10 })).toMatchObject([
      { kind: 'failed', summary: 'Conflict in a.txt', tag: null },
    ]);
    expect(await world.saves.preview(PROJECT, ['t-3'])).toMatchObject({ enters: ['t-3'], conflicts: [] });
    expect(await world.save({ without: ['t-2'] })).toMatchObject({ kind: 'saved', tasks: ['t-1', 't-3'] });
  });

  it('leaves main alone when a check is red, and names the only task as the culprit', async () => {
    world.change({
      config: withChecks({
        unit: 'const text = require("fs").readFileSync("a.txt","utf8"); console.log("looked at", text); process.exit(text === "a\\n" ? 0 : 1)',
        lint: '',
      }),
    });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'broken\n' } });
    const before = await person.oid();
    const outcome = await world.save();
    expect(outcome).toMatchObject({
      kind: 'checks-failed',
      failed: ['unit'],
      culprit: { task: 't-1', check: 'unit' },
      rest: { savable: [] },
      checks: [
        { name: 'unit', state: 'failed', log: 'looked at broken' },
        { name: 'lint', state: 'passed' },
      ],
    });
    expect([await person.oid(), await world.hub('rev-parse', 'main')]).toEqual([before, before]);
    expect(world.saves.isFrozen(PROJECT)).toBe(false);
  });

  it('never runs a check twice on a tree that passed it', async () => {
    const count = `${directory.path}/runs`;
    const counting = `require("fs").appendFileSync(${JSON.stringify(count)}, "x")`;
    world.change({ config: withChecks({ unit: counting, other: 'process.exit(1)' }) });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    await world.save();
    expect(await world.saves.preview(PROJECT)).toMatchObject({
      checks: [
        { name: 'unit', known: 'passed' },
        { name: 'other', known: 'failed' },
      ],
    });
    const [task] = world.tasks.savable(PROJECT);
    expect(await world.saves.knownChecks(PROJECT, task?.tree ?? '')).toEqual([
      { name: 'unit', known: 'passed' },
      { name: 'other', known: 'failed' },
    ]);
    await world.save();
    expect(await readFile(count, 'utf8')).toBe('x');
  });

  it('says that setup failed instead of running checks on half a checkout', async () => {
    world.change({ config: withChecks({ unit: '' }, { setup: [['npm', 'ci']] }) });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    expect(await world.save()).toMatchObject({
      kind: 'checks-failed',
      failed: ['setup'],
      checks: [
        { name: 'setup', state: 'failed', log: 'npm ci\nno such registry' },
        { name: 'unit', state: 'skipped' },
      ],
    });
  });

  it('keeps secrets out of what it remembers of a check', async () => {
    world.change({ config: withChecks({ unit: 'console.log("password hunter2"); process.exit(1)' }) });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    expect((await world.save()).checks[0]?.log).toBe('password [redacted]');
    expect(JSON.stringify(world.events())).not.toContain('hunter2');
    for (const table of ['saves', 'check_results'])
      expect(JSON.stringify(world.db.prepare(`SELECT * FROM ${table}`).all())).not.toContain('hunter2');
  });

  it('refuses when the checks are not trusted or the project file is broken', async () => {
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    world.change({ trusted: false, config: withChecks({ unit: '' }) });
    expect(await world.save()).toMatchObject({
      kind: 'refused',
      refused: { fix: 'Look at what they execute and trust it, in the Settings or with `thalogos trust`.' },
    });
    world.change({ trusted: true, problem: 'checks: expected a list' });
    expect(await world.save()).toMatchObject({
      kind: 'refused',
      refused: { why: "The project file can't be read: .thalogos/config.yaml:1:1 checks: expected a list" },
    });
    expect(world.tasks.state('t-1')).toBe('approved');
  });

  it('refuses a change of the gate that nobody has approved as it is', async () => {
    const task = await world.tasks.add({ id: 't-1', files: { '.thalogos/config.yaml': 'checks: []\n' } });
    await world.tasks.add({ id: 't-2', files: { 'a.txt': 'a1\n' } });
    const { approval } = task;
    if (approval === null) throw new Error('It is not approved');
    world.tasks.change('t-1', { approval: { ...approval, isUnasked: true } });
    const before = await person.oid();
    expect(await world.save()).toMatchObject({
      kind: 'refused',
      refused: {
        why: '“Task t-1” changes what decides whether work may land (.thalogos/config.yaml), and nobody has approved exactly that.',
        fix: 'Look at its diff and approve it: `thalogos approve t-1`; or save without it.',
      },
    });
    expect(await person.oid()).toBe(before);
    expect(await world.save({ without: ['t-1'] })).toMatchObject({ kind: 'saved', tasks: ['t-2'] });
    world.tasks.change('t-1', { approval });
    expect(await world.save()).toMatchObject({ kind: 'saved', tasks: ['t-1'] });
  });

  it('can be called off while it checks, and ends what the check started', async () => {
    world.change({ config: withChecks({ slow: 'setTimeout(() => {}, 60000)' }) });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    const { id } = await world.saves.save({ project: PROJECT }, PERSON);
    await until(() => world.saves.get(id).checks[0]?.state === 'active');
    expect(world.saves.isFrozen(PROJECT)).toBe(true);
    await expect(world.saves.save({ project: PROJECT }, PERSON)).rejects.toMatchObject({ code: 'conflict' });
    expect(world.saves.cancel(PROJECT, PERSON)).toEqual({ save: { id }, cancelled: true });
    await world.saves.settled(PROJECT);
    expect(world.saves.get(id)).toMatchObject({
      canCancel: false,
      outcome: { kind: 'cancelled', checkpoint: null },
    });
    expect(await world.hub('worktree', 'list')).not.toContain('checkout');
  });

  it('does not land what a person took back while it was checked', async () => {
    world.change({ config: withChecks({ slow: 'setTimeout(() => {}, 700)' }) });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    const before = await person.oid();
    const { id } = await world.saves.save({ project: PROJECT }, PERSON);
    await until(() => world.saves.get(id).checks[0]?.state === 'active');
    world.tasks.change('t-1', { state: 'rejected', approval: null });
    await world.saves.settled(PROJECT);
    expect(world.saves.get(id).outcome).toMatchObject({
      kind: 'refused',
      refused: { why: 'The approval of “Task t-1” was withdrawn while it was being saved.' },
    });
    expect(await person.oid()).toBe(before);
  });

  it('stops a check that takes longer than it may', async () => {
    const config = withChecks({ slow: 'setTimeout(() => {}, 60000)' });
    world.change({ config: { ...config, checks: config.checks.map((check) => ({ ...check, timeout: 1 })) } });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    const { kind, checks } = await world.save();
    expect(kind).toBe('checks-failed');
    expect(checks[0]?.log).toContain('Stopped after 1 seconds');
  });

  it('takes only what was chosen, with what it builds on', async () => {
    await world.tasks.add({ id: 't-1', files: { 'c.txt': 'c\n' } });
    await world.tasks.add({ id: 't-2', files: { 'd.txt': 'd\n' }, after: ['t-1'] });
    await world.tasks.add({ id: 't-3', files: { 'e.txt': 'e\n' } });
    expect(await world.save({ only: ['t-2'] })).toMatchObject({ kind: 'saved', tasks: ['t-1', 't-2'] });
    await expect(world.save({ only: ['t-9'] })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('counts the checkpoints of a day and passes over a tag that somebody else made', async () => {
    const day = new Date().toISOString().slice(0, 10);
    await person.git('tag', `checkpoint/${day}-001`);
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    expect((await world.save()).checkpoint).toMatchObject({ sequence: 2 });
    await world.tasks.add({ id: 't-2', files: { 'b.txt': 'b1\n' } });
    expect((await world.save()).checkpoint).toMatchObject({ sequence: 3, tag: `checkpoint/${day}-003` });
  });

  it('tells its stages as they pass', async () => {
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    const { save } = await world.save();
    expect(world.saves.get(save).stages.map(({ stage, state }) => `${stage} ${state}`)).toEqual([
      'freeze done',
      'snapshot done',
      'merge done',
      'check done',
      'publish done',
      'deliver done',
      'resume done',
    ]);
    const types = world.events().map((event) => event.topic);
    expect(types[0]).toBe('save.started');
    expect(types.slice(-2)).toEqual(['save.delivered', 'save.ended']);
    expect(types.filter((type) => type === 'checkpoint.published')).toHaveLength(1);
  });
});

describe('preview', () => {
  it('says what enters, what waits and which results collide', async () => {
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'one\n' } });
    await world.tasks.add({ id: 't-2', files: { 'a.txt': 'two\n' }, state: 'review' });
    const before = await world.hub('for-each-ref');
    expect(await world.saves.preview(PROJECT)).toEqual({
      enters: ['t-1'],
      waits: [{ task: 't-2', why: 'it is not approved yet' }],
      conflicts: [],
      pairs: [{ a: 't-1', b: 't-2', files: ['a.txt'] }],
      withMain: [{ task: 't-2', files: ['a.txt'] }],
      checks: [],
    });
    expect((await world.hub('for-each-ref')).replaceAll(/.*thalogos.*\n?/g, '').trim()).toBe(
      before.replaceAll(/.*thalogos.*\n?/g, '').trim(),
    );
  });
});

/** Looks again and again, for at most ten seconds. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries += 1) {
    if (tries > 500) throw new Error('It did not become true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
