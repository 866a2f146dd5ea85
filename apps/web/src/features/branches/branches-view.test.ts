import type { Branch } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import {
  branchSubtitle,
  branchTitle,
  forgeLook,
  groupBranches,
  pushLook,
  sayApart,
} from './branches-view.ts';

const branch = (given: Partial<Branch>): Branch => ({
  ...{ name: 'session/s-1/task/t-1', kind: 'task', place: 'hub', session: 's-1', head: 'a'.repeat(40) },
  ...{ task: { id: 't-1', title: 'Fares in cents', state: 'review' }, ahead: 1, behind: 0 },
  ...{ checkpoint: null, push: null, forge: [], worktree: '/data/t-1', updatedAt: 0 },
  ...given,
});
const main = branch({ name: 'main', kind: 'main', task: null });
const staging = branch({
  name: 'staging',
  kind: 'checkpoint-branch',
  task: null,
  checkpoint: 'checkpoint/x-001',
});

describe('the list of branches', () => {
  it('stands in groups, those where work lands first, and leaves empty ones out', () => {
    const groups = groupBranches([branch({}), staging, main], '');
    expect(groups.map(({ branches }) => branches.map(({ name }) => name))).toEqual([
      ['main'],
      ['staging'],
      ['session/s-1/task/t-1'],
    ]);
  });

  it('is searched by name, task and worktree', () => {
    for (const text of ['cents', 'T-1', '/data'])
      expect(groupBranches([branch({}), branch({ ...main, worktree: null })], text)).toHaveLength(1);
    expect(groupBranches([main], 'nothing')).toEqual([]);
  });
});

describe('a branch', () => {
  it('says what it is for, and how far it is from main', () => {
    expect([branch({}), staging, main].map(branchTitle)).toEqual(['Fares in cents', 'staging', 'main']);
    expect([branch({}), staging, main].map(branchSubtitle)).toEqual([
      'session/s-1/task/t-1',
      'checkpoint/x-001',
      '',
    ]);
    expect(sayApart(branch({ behind: 2 }))).toBe('1 commit ahead, 2 commits behind');
    expect(sayApart(branch({ ahead: 0 }))).toBe('level with main');
    expect(sayApart(main)).toBe('main itself');
  });

  it('shows how its push and its checks at the forge went', () => {
    const push = { remote: 'origin', commit: null, at: null, error: null };
    const states = ['pending', 'pushed', 'failed', 'rejected'] as const;
    expect(states.map((state) => pushLook({ ...push, state }).look)).toEqual([
      'queued',
      'ready',
      'failed',
      'conflict',
    ]);
    const check = { name: 'forge: tests', seconds: 1, log: '', link: null };
    expect((['pending', 'passed', 'failed'] as const).map((state) => forgeLook({ ...check, state }))).toEqual(
      ['running', 'ready', 'failed'],
    );
  });
});
