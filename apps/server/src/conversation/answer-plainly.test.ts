import type { Decision, TimelineEntry } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { answerPlainly } from './answer-plainly.ts';
import { makeFacts, makeTask } from './test-chat.ts';

const failed = makeTask({
  ...{ id: 't-red', title: 'Round the prices', agent: 'codex', runs: 2 },
  state: { kind: 'failed', error: { class: 'other', message: 'no such file' } },
});
const review = makeTask({ id: 't-fare', title: 'Add a fare', state: { kind: 'review' } });
const running = makeTask({
  ...{ id: 't-test', title: 'Test the fare', agent: 'claude', after: ['t-fare'], runs: 1 },
  ...{ state: { kind: 'running', run: 'r-1' }, lastLine: 'npm test', cost: { tokens: 1200, usd: 0.5 } },
});
const decision: Decision = {
  ...{ id: 'd-1', kind: 'question', state: 'open', summary: 'Which currency?', detail: '', options: [] },
  ...{ recommended: null, default: null, deadline: null, task: 't-test', createdAt: 0 },
  ...{ answer: null, answeredBy: null },
};
const saved: TimelineEntry = {
  ...{ kind: 'save', tag: 'checkpoint/2026-01-01-001', commit: null, sequence: 1, at: 0, by: 'Mara' },
  ...{ tasks: [{ id: 't-old', title: 'Paint it', agent: 'codex' }], undone: [], signature: 'good' },
  ...{ summary: 'Saved', save: 'v-1', restored: null, checks: [], files: 3, undoneBy: null },
};
const facts = makeFacts({ tasks: [failed, review, running], decisions: [decision], timeline: [saved] });
const ask = (question: string, of = facts) => answerPlainly(question, of);

describe('a question to the Guide', () => {
  it('what failed names the task and its reason, and leads there', () => {
    expect(ask('What failed?')).toEqual({
      text: '1 task is not done:\n\n- Round the prices: no such file',
      links: [{ to: 'task', id: 't-red', label: 'Round the prices' }],
    });
  });

  it('what waits names questions before reviews', () => {
    const answer = ask('What is waiting for me?');
    expect(answer?.text).toBe('What waits:\n\n- To answer: Which currency?\n- To review: Add a fare');
    expect(answer?.links).toEqual([
      { to: 'inbox', id: null, label: 'Inbox' },
      { to: 'review', id: 't-fare', label: 'Add a fare' },
    ]);
  });

  it('what the last Save held names its tasks, also where one after it did not land', () => {
    expect(ask('What did the last Save contain?')?.text).toBe(
      'The last Save is checkpoint/2026-01-01-001, by Mara. It holds Paint it (codex), 3 files in all.',
    );
    const red: TimelineEntry = { ...saved, kind: 'failed', tag: null, summary: 'unit is red' };
    expect(ask('What was saved?', makeFacts({ timeline: [red, saved] }))?.text).toContain(
      'The newest attempt did not land: unit is red',
    );
  });

  it('who is at work, what it cost and how far it is are told in figures', () => {
    expect(ask('Who is working on what?')?.text).toBe('At work:\n\n- claude: Test the fare (npm test)');
    expect(ask('How many tokens has it used?')?.text).toContain('1,200 tokens in 1 task, 0.50 US dollars');
    expect(ask('How far are we?')?.text).toBe('1 failed, 1 in review, 1 running. 1 question for you.');
  });

  it('about a task, by its title or id, says how it stands and what it waits for', () => {
    expect(ask('Why did round the prices fail?')?.text).toBe(
      'Round the prices is failed: no such file. codex has had 2 runs at it.',
    );
    expect(ask('how is t-test?')?.text).toContain('It waits for Add a fare (in review).');
  });

  it('about nothing that there is, is answered so', () => {
    const nothing = makeFacts();
    expect(ask('What failed?', nothing)?.text).toBe('No task has failed.');
    expect(ask('What waits?', nothing)?.text).toBe('Nothing waits.');
    expect(ask('What was the last checkpoint?', nothing)?.text).toBe('Nothing has been saved yet.');
  });

  it('that it does not understand is not answered', () => {
    expect(ask('What is the capital of France?')).toBeNull();
  });
});
