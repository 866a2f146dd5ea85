import { makeRepository, makeTemporaryDirectory } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { openWorld, PERSON, PROJECT } from './test-world.ts';

describe('a Save that breaks while it publishes', () => {
  it('tells its person why it stands still, and goes on once the cause is gone', async () => {
    await using person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
    await using directory = await makeTemporaryDirectory();
    const waits = Promise.withResolvers<() => void>();
    let isFull = true;
    const world = await openWorld({
      dataDirectory: directory.path,
      settings: { repository: person.path },
      clock: { ...systemClock, after: (_, act) => (waits.resolve(act), () => undefined) },
      failpoint: (name) => {
        if (name === 'landing.effect' && isFull)
          throw Object.assign(new Error('write failed'), { code: 'ENOSPC' });
      },
    });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    const { id } = await world.saves.save({ project: PROJECT }, PERSON);
    const goOn = await waits.promise;
    expect(world.saves.get(id).stages).toContainEqual(
      expect.objectContaining({
        stage: 'publish',
        state: 'active',
        sentence: 'A disk is full; free some space. Nothing is lost; it is tried again in 1 s.',
      }),
    );
    isFull = false;
    goOn();
    await world.saves.settled(PROJECT);
    expect(world.saves.get(id)).toMatchObject({ outcome: { kind: 'saved', delivery: { state: 'updated' } } });
    expect(JSON.stringify(world.saves.get(id).stages)).not.toContain('full');
    await world.close();
  });
});
