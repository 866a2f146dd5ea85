import type { Decision } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { isDiff, sortAnswers, sortInbox, withoutAnswer, lookedAt } from './inbox-view.ts';

const decision = (given: Partial<Decision>): Decision => ({
  id: 'd-1',
  kind: 'command',
  state: 'open',
  summary: '',
  detail: '',
  options: [],
  recommended: null,
  default: null,
  deadline: null,
  task: null,
  createdAt: 0,
  answer: null,
  answeredBy: null,
  ...given,
});
const allow = { id: 'allow', label: 'Allow once' };
const session = { id: 'allow-session', label: 'Allow for this task' };
const deny = { id: 'deny', label: 'Deny' };

describe('the inbox', () => {
  it('shows a failure that is asked about once, with what can be done about it', () => {
    const inbox = sortInbox(
      [decision({ id: 'asked', kind: 'failure', task: 'f' }), decision({ id: 'quiet', kind: 'silence' })],
      [sampleTask({ id: 'f', state: 'failed' }), sampleTask({ id: 'g', state: 'failed' })],
      [],
    );
    expect(inbox.failed.map(({ id }) => id)).toEqual(['asked', 'g']);
    expect(inbox.decide.map(({ id }) => id)).toEqual(['quiet']);
  });

  it('puts whoever waited longest first and leaves out what is settled', () => {
    const inbox = sortInbox(
      [
        decision({ id: 'new', createdAt: 9 }),
        decision({ id: 'old', createdAt: 1, task: 't-1' }),
        decision({ id: 'done', state: 'answered' }),
        decision({ id: 'q', kind: 'question' }),
        decision({ id: 'c', kind: 'conflict' }),
      ],
      [
        sampleTask({ id: 't-1', state: 'waiting' }),
        sampleTask({ id: 'r', state: 'review' }),
        sampleTask({ id: 'f', state: 'interrupted' }),
      ],
      [
        {
          id: 'k',
          path: 'src/a.ts',
          kind: 'text',
          ours: { task: 't-1', title: 'One' },
          theirs: { task: 'r', title: 'Other' },
          policy: null,
          resolution: null,
        },
      ],
    );
    expect(Object.values(inbox).map((items) => items.map((item) => item.id))).toEqual([
      ['old', 'new'],
      ['q'],
      ['c', 'k'],
      ['r'],
      ['f'],
    ]);
    expect(inbox.decide[0]).toMatchObject({ task: { id: 't-1' } });
  });
});

describe('the answers of a decision', () => {
  it('tells allowing, remembering and denying apart', () => {
    expect(sortAnswers(decision({ options: [allow, session, deny] }))).toEqual({
      allow,
      remember: session,
      deny,
      others: [],
    });
  });
  it('takes trusting for allowing', () => {
    const trust = { id: 'trust', label: 'Trust them' };
    expect(sortAnswers(decision({ kind: 'trust', options: [trust, deny] }))).toEqual({
      allow: trust,
      remember: null,
      deny,
      others: [],
    });
  });
  it('never takes the answer of a question for a permission', () => {
    const no = { id: 'no', label: 'no' };
    expect(sortAnswers(decision({ kind: 'question', options: [no] }))).toEqual({
      allow: null,
      remember: null,
      deny: null,
      others: [no],
    });
  });
  it('says what happens without one', () => {
    expect([
      withoutAnswer(decision({})),
      withoutAnswer(decision({ options: [deny], default: 'deny' })),
    ]).toEqual(['it waits, nothing is lost', 'then: Deny']);
  });
  it('knows a diff when it sees one', () =>
    expect([isDiff('--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b'), isDiff('npm test')]).toEqual([true, false]));
});

it('counts a result as looked at only while it is what was looked at', () => {
  const tasks = [
    sampleTask({ id: 'a', tree: 'tree-1' }),
    sampleTask({ id: 'b', tree: 'tree-2' }),
    sampleTask({ id: 'c', tree: null }),
  ];
  expect(lookedAt(tasks, ['tree-1', 'tree-1', null]).map(({ id }) => id)).toEqual(['a']);
});
