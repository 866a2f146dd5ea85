import { spawn } from 'node:child_process';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '@thalogos/contracts';
import { runTestGit } from '@thalogos/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MARK } from '../src/platform/process.ts';
import { findLoss, findViolations, withDatabase } from './invariants.ts';
import { killEverything } from './processes.ts';
import { makeSlot, type Slot } from './slot.ts';

let slot: Slot;
beforeAll(async () => {
  slot = await makeSlot();
}, 120_000);
afterAll(() => slot[Symbol.asyncDispose]());
beforeEach(() => slot.restore());

const inHub = (...args: string[]) => runTestGit(slot.hub, args, { GIT_DIR: slot.hub });

/** Where the first task's agent wrote. */
function worktree(): string {
  const record = withDatabase(slot.home, (db) =>
    db.prepare('SELECT record FROM tasks WHERE id = ?').get(slot.tasks.approved[0]),
  ) as { record: string };
  const { session, id } = JSON.parse(record.record) as Task;
  return join(slot.home, 'data', 'projects', slot.project, 'worktrees', session, id);
}

const DAMAGE: readonly (readonly [string, RegExp, () => Promise<unknown>])[] = [
  ['a lock that is left', /locks are left/, () => writeFile(join(slot.hub, 'refs/heads/main.lock'), '')],
  ['a byte of the person’s note', /note\.txt/, () => appendFile(join(slot.person.path, 'note.txt'), 'x')],
  ['a file of the person’s that is gone', /a\.txt is gone/, () => rm(join(slot.person.path, 'a.txt'))],
  ['a change of the person’s that is undone', /status/, () => slot.person.git('checkout', '--', 'mine.txt')],
  [
    'a byte of an agent’s',
    /agents’ worktrees.*large\.bin/,
    () => appendFile(join(worktree(), 'large.bin'), 'x'),
  ],
  [
    'a tag without a checkpoint',
    /timeline has \[\]/,
    () => inHub('tag', 'checkpoint/2026-01-01-001', 'main'),
  ],
  [
    'main that is neither old nor a checkpoint',
    /neither the old one/,
    async () => inHub('update-ref', 'refs/heads/main', await inHub('commit-tree', '-m', 'x', 'main^{tree}')),
  ],
  [
    'an object that is gone',
    /fsck of/,
    async () => {
      const oid = await inHub('rev-parse', 'main^{tree}');
      await rm(join(slot.hub, 'objects', oid.slice(0, 2), oid.slice(2)));
    },
  ],
  [
    'a quarantine that is left',
    /a quarantine is left/,
    () => mkdir(join(slot.hub, 'thalogos', 'objects-save'), { recursive: true }),
  ],
  [
    'an audit entry that was changed',
    /audit chain/,
    async () =>
      withDatabase(slot.home, (db) => {
        db.exec("DROP TRIGGER audit_is_never_changed; UPDATE audit SET why = 'another' WHERE seq = 1");
      }),
  ],
  [
    'a process that goes on',
    /processes are left/,
    async () => {
      const env = { PATH: process.env['PATH'], [MARK]: `${slot.instance}:check/lost` };
      const child = spawn('sleep', ['60'], { env, stdio: 'ignore' });
      await new Promise((done) => child.once('spawn', done));
    },
  ],
];

describe('the eye of the proof', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect([await findViolations(slot), await findLoss(slot)]).toEqual([[], []]);
  });

  it.each(DAMAGE)('sees %s', async (_what, violation, damage) => {
    await damage();
    const found = await findViolations(slot);
    await killEverything(slot.instance, null);
    expect(found.join('\n')).toMatch(violation);
  });

  it('sees at once what a kill took from the person', async () => {
    await rm(join(slot.person.path, '.env'));
    expect(await findLoss(slot)).toEqual(["the person's .env changed"]);
  });
});
