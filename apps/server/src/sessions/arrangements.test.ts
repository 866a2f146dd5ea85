import type { Arrangement } from '@thalogos/contracts';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { ARRANGEMENTS } from '../platform/migrations/0010-arrangements.ts';
import { makeArrangementStore } from './arrangement-store.ts';
import { makeArrangements } from './arrangements.ts';

const arranged = (...addresses: string[]): Arrangement => ({
  columns: addresses.map((address, index) => ({
    share: 1,
    panes: [{ id: `p-${index}`, address, share: 1 }],
  })),
});

function make() {
  const db = new Database(':memory:');
  db.exec(`CREATE TABLE sessions (id TEXT PRIMARY KEY); INSERT INTO sessions VALUES ('s-1');`);
  db.exec(ARRANGEMENTS);
  const store = makeArrangementStore(db);
  const calls = makeArrangements({
    store,
    hasSession: (session) => session === 's-1',
    transact: (act) => db.transaction(act)(),
  });
  return { store, calls };
}

it('gives every browser what the last one arranged', () => {
  const { calls } = make();
  expect(calls.arrangement('s-1')).toEqual({ arrangement: null, revision: 0 });
  const arrangement = arranged('/graph', '/inbox');
  expect(calls.arrange({ session: 's-1', revision: 0, arrangement })).toEqual({
    ...{ kind: 'kept', arrangement, revision: 1 },
  });
  expect(calls.arrangement('s-1')).toEqual({ arrangement, revision: 1 });
});

it('writes nothing over what another window has arranged meanwhile, and says what that is', () => {
  const { calls } = make();
  const theirs = arranged('/graph');
  calls.arrange({ session: 's-1', revision: 0, arrangement: theirs });
  expect(calls.arrange({ session: 's-1', revision: 0, arrangement: arranged('/inbox') })).toEqual({
    ...{ kind: 'changed', arrangement: theirs, revision: 1 },
  });
  expect(calls.arrangement('s-1').arrangement).toEqual(theirs);
});

it('keeps the fields that a newer server has added', () => {
  const { calls, store } = make();
  const body = JSON.stringify({ ...arranged('/'), theme: 'of tomorrow' });
  store.put('s-1', { body, revision: 4 });
  calls.arrange({ session: 's-1', revision: 4, arrangement: arranged('/graph') });
  expect(JSON.parse(store.find('s-1')?.body ?? '')).toEqual({ ...arranged('/graph'), theme: 'of tomorrow' });
});

it('takes what it can not read for not arranged, and can be arranged again', () => {
  const { calls, store } = make();
  for (const body of ['', 'no json', '[]', 'null', '{"columns":7}', '{"columns":[{"share":1,"panes":[]}]}']) {
    store.put('s-1', { body, revision: 9 });
    expect(calls.arrangement('s-1')).toEqual({ arrangement: null, revision: 9 });
    expect(calls.arrange({ session: 's-1', revision: 9, arrangement: arranged('/') }).kind).toBe('kept');
  }
});

it('knows no session that there is not', () => {
  const { calls } = make();
  expect(() => calls.arrangement('s-2')).toThrow('There is no session s-2.');
});
