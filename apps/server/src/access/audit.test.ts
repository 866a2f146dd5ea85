import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Db, openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeAudit } from './audit.ts';

const entry = (what: string) => ({ who: 'ada', what, onWhat: 'p-1', why: 'asked', source: 'cli' });
let home: string;
let db: Db;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'thalogos-audit-'));
  db = openDatabase({ file: join(home, 'thalogos.db'), durability: 'FULL', migrations: MIGRATIONS });
});
afterEach(() => {
  db.close();
  rmSync(home, { recursive: true });
});

function chainOf(...acts: string[]) {
  const audit = makeAudit({ db, clock: { now: () => 1000, after: () => () => undefined } });
  db.transaction(() => acts.forEach((what) => audit.append(entry(what))))();
  return audit;
}
/** What somebody with the file and a hex editor can do. */
const tamper = (sql: string) =>
  db.exec(`DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_cut; ${sql}`);

describe('the audit chain', () => {
  it('is whole when nobody touched it', () => {
    const audit = chainOf();
    expect([audit.head(), audit.verify()]).toEqual([
      { seq: 0, hash: '0'.repeat(64) },
      { kind: 'whole', entries: 0 },
    ]);
    const longer = chainOf('policy.loosened', 'project.trusted', 'policy.loosened');
    expect(longer.verify()).toEqual({ kind: 'whole', entries: 3 });
    expect(longer.head()).toMatchObject({ seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });

  it('refuses an entry outside the transaction of its act', () => {
    const audit = chainOf();
    expect(() => audit.append(entry('policy.loosened'))).toThrow('Could not audit policy.loosened');
  });

  it('forgets an entry whose act was rolled back', () => {
    const audit = chainOf('one');
    const before = audit.head();
    expect(() =>
      db.transaction(() => {
        audit.append(entry('two'));
        throw new Error('no');
      })(),
    ).toThrow('no');
    expect(audit.head()).toEqual(before);
  });

  it('can’t be changed or cut by any statement', () => {
    chainOf('one', 'two');
    expect(() => db.exec("UPDATE audit SET who = 'eve'")).toThrow('append-only');
    expect(() => db.exec('DELETE FROM audit')).toThrow('append-only');
  });

  it.each([
    ["UPDATE audit SET who = 'eve' WHERE seq = 2", 2, 'entry 2 was changed after it was written'],
    ['UPDATE audit SET at = 5 WHERE seq = 1', 1, 'entry 1 was changed after it was written'],
    ['DELETE FROM audit WHERE seq = 2', 2, 'entry 2 is missing'],
    ["UPDATE audit SET previous = 'x' WHERE seq = 3", 3, 'entry 3 does not follow the one before it'],
  ])('shows what was done to it: %s', (sql, brokenAt, why) => {
    const audit = chainOf('one', 'two', 'three');
    tamper(sql);
    expect(audit.verify()).toEqual({ kind: 'broken', brokenAt, why });
  });
});
