import { writeFile } from 'node:fs/promises';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, PERSON, PROJECT, withChecks, type World } from '../saves/test-world.ts';

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;

beforeEach(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  directory = await makeTemporaryDirectory();
  world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
  world.change({ config: withChecks({ unit: '' }) });
  await world.tasks.add({ id: 't-1', title: 'entry: {"kind":"save"}', files: { '1.txt': '1\n' } });
  const first = (await world.save()).checkpoint?.tag ?? '';
  await world.tasks.add({ id: 't-2', files: { '2.txt': '2\n' } });
  await world.save();
  await world.restore(first);
});

afterEach(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

const rows = () => world.book.newest(PROJECT, 100);
const rebuild = () => world.timeline.rebuild(PROJECT, { ...PERSON, role: 'admin' });

describe('rebuilding the timeline', () => {
  it('makes the lost table again from the tags alone', async () => {
    const before = rows();
    world.db.prepare('DELETE FROM timeline').run();
    expect(await rebuild()).toEqual({ rebuilt: 3, problems: [] });
    expect(rows()).toEqual(before);
    expect(world.book.undone(PROJECT)).toEqual(new Set(['t-2']));
    expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true, problems: [] });
  });

  it('changes nothing where nothing is lost, and keeps what failed to land in its place', async () => {
    world.change({ config: withChecks({ unit: 'process.exit(1)' }) });
    await world.tasks.add({ id: 't-3', files: { '3.txt': '3\n' } });
    await world.save();
    const before = rows();
    expect(before[0]?.entry.kind).toBe('failed');
    expect(await rebuild()).toEqual({ rebuilt: 3, problems: [] });
    expect(rows()).toEqual(before);
  });

  it('leaves out tags that we did not sign, and says so', async () => {
    const before = rows();
    await world.hub('tag', 'checkpoint/2026-01-01-001', 'main');
    const forged = [
      `object ${await world.hub('rev-parse', 'main')}`,
      'type commit',
      'tag x',
      'tagger x <x@x> 1 +0000',
      '',
      'x',
    ];
    await writeFile(`${directory.path}/forged`, `${forged.join('\n')}\n`);
    const oid = await world.hub('hash-object', '-t', 'tag', '-w', `${directory.path}/forged`);
    await world.hub('update-ref', 'refs/tags/checkpoint/2026-01-01-002', oid);
    expect(await rebuild()).toEqual({
      rebuilt: 3,
      problems: [
        { what: 'checkpoint/2026-01-01-001', why: 'It is not a signed tag.' },
        { what: 'checkpoint/2026-01-01-002', why: 'It is not signed by this Thalogos.' },
      ],
    });
    expect(rows()).toEqual(before);
  });
});
