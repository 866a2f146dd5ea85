import { makeRepository, makeTemporaryDirectory } from '@thalogos/testkit';
import { expect, it } from 'vitest';
import { createTagObject } from '../git/create-tag-object.ts';
import { mergeTasks, type MergeParts } from './merge-tasks.ts';
import { committerOf } from './provenance.ts';
import type { SaveRecord } from './save.ts';
import { pendingStages } from './stages.ts';
import { openWorld } from './test-world.ts';

it('makes the same commits and the same tag when a step is repeated', async () => {
  await using person = await makeRepository();
  await using directory = await makeTemporaryDirectory();
  const world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
  try {
    const tasks = [
      await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a\n' } }),
      await world.tasks.add({ id: 't-2', files: { 'b.txt': 'b\n' } }),
    ];
    const main = await person.oid();
    const record: SaveRecord = {
      ...{
        id: 'v-1',
        project: 'p-test',
        kind: 'save',
        by: 'ada',
        request: { only: null, without: null, tag: null },
      },
      ...{
        startedAt: 1_700_000_000_123,
        endedAt: null,
        version: '0.1.0',
        auditHead: 'h',
        state: { kind: 'freezing' },
      },
      ...{ rounds: 0, undone: [], checks: [], stages: pendingStages(), isCancelled: false, isResumed: false },
      entering: tasks.map((task) => ({
        ...task,
        result: task.result ?? '',
        tree: task.tree ?? '',
        approvedBy: 'ada',
      })),
    };
    const key = await world.keys.signing();
    const parts: MergeParts = {
      ...{
        place: world.place,
        record,
        key,
        restored: null,
        settle: [],
        onCommit: () => undefined,
        onKept: () => undefined,
      },
      base: { hub: main, person: main, commit: main, diverged: null },
      savedBy: () => Promise.reject(new Error('Nothing grew apart')),
    };
    const started = second();
    const first = await mergeTasks(parts);
    // In another second by the clock: only the journaled start may count.
    await until((now) => now > started);
    expect(await mergeTasks(parts)).toEqual(first);
    const seal = () =>
      createTagObject(world.place.hub, {
        name: 'checkpoint/2023-11-14-001',
        target: main,
        tagger: committerOf(record),
        message: 'm',
        key,
      });
    expect(await seal()).toBe(await seal());
  } finally {
    await world.close();
  }
});

function second(): number {
  return Math.floor(Date.now() / 1000);
}

/** Looks at the clock again and again; a second passes soon enough. */
async function until(isTrue: (now: number) => boolean): Promise<void> {
  while (!isTrue(second())) await new Promise((resolve) => setImmediate(resolve));
}
