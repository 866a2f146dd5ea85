import { describe, expect, it } from 'vitest';
import { plainPlan } from './plain-planner.ts';

const options = { agents: ['scripted', 'codex'], defaultAgent: 'scripted' };

function tasksOf(text: string) {
  const plan = plainPlan(text, options);
  if (plan.kind === 'refused') throw new Error(JSON.stringify(plan.problems));
  return plan.tasks;
}

function problemsOf(text: string) {
  const plan = plainPlan(text, options);
  return plan.kind === 'refused' ? plan.problems : [];
}

describe('the plain planner', () => {
  it('makes one task of a goal without a list', () => {
    expect(tasksOf('Fix the fare table\n\nIt is off by one.')).toEqual([
      {
        key: 't1',
        title: 'Fix the fare table',
        text: 'Fix the fare table\n\nIt is off by one.',
        agent: 'scripted',
        after: [],
      },
    ]);
  });

  it('reads agent, key and dependencies from a goal without a list, too', () => {
    expect(tasksOf('[fix] @codex Fix it')).toMatchObject([{ key: 'fix', agent: 'codex', text: 'Fix it' }]);
  });

  it('makes a task of each kind of top-level item, and leaves text at the margin out', () => {
    const tasks = tasksOf('Please:\n\n- one\n* two\n1. three\n23. four\n\nThank you');
    expect(tasks.map(({ key, text }) => [key, text])).toEqual([
      ['t1', 'one'],
      ['t2', 'two'],
      ['t3', 'three'],
      ['t4', 'four'],
    ]);
  });

  it('keeps everything indented below an item: nested lists, paragraphs and code', () => {
    const tasks = tasksOf(
      '- one\n  - nested\n    - deeper\n\n  a paragraph\n\n  ```\n  - not an item\n  ```\n- two',
    );
    expect(tasks.map(({ text }) => text)).toEqual([
      'one\n- nested\n  - deeper\n\na paragraph\n\n```\n- not an item\n```',
      'two',
    ]);
  });

  it('takes nothing inside a fence at the margin for an item', () => {
    expect(tasksOf('- one\n\n```sh\n- not an item\n```\n\n- two').map(({ text }) => text)).toEqual([
      'one',
      'two',
    ]);
  });

  it('takes a rule across the page for no item', () => {
    expect(tasksOf('- one\n\n---\n\n* * *\n- two').map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('reads Windows line ends and tabs', () => {
    expect(tasksOf('-\tone\r\n\tmore\r\n\t- nested\r\n-\ttwo\r\n').map(({ text }) => text)).toEqual([
      'one\n  more\n  - nested',
      'two',
    ]);
  });

  it('reads the marks of an item in any order', () => {
    const tasks = tasksOf(
      '- [a] @codex One\n- after: a; @codex [b] Two\n- @codex after: a, b Three\n- after: b [d] Four',
    );
    expect(tasks).toMatchObject([
      { key: 'a', agent: 'codex', after: [], text: 'One' },
      { key: 'b', agent: 'codex', after: ['a'], text: 'Two' },
      { key: 't3', agent: 'codex', after: ['a', 'b'], text: 'Three' },
      { key: 'd', agent: 'scripted', after: ['b'], text: 'Four' },
    ]);
  });

  it('ends a list of keys at the first word that is no key', () => {
    expect(tasksOf('- [a] One\n- after: a, go on; then rest')[1]).toMatchObject({
      after: ['a'],
      text: 'go on; then rest',
    });
    expect(tasksOf('- [a] One\n- after: a\n  a second line')[1]).toMatchObject({
      after: ['a'],
      text: 'a second line',
    });
    expect(tasksOf('- [a] One\n- after: a a')[1]).toMatchObject({ after: ['a'], text: 'a' });
  });

  it('takes each mark once and a box to tick for text', () => {
    expect(tasksOf('- [a] [b] one\n- @codex @codex two\n- [ ] three\n- [x] four\n- [X] five')).toMatchObject([
      { key: 'a', text: '[b] one' },
      { agent: 'codex', text: '@codex two' },
      { key: 't3', text: '[ ] three' },
      { key: 't4', text: '[x] four' },
      { key: 't5', text: '[X] five' },
    ]);
  });

  it('takes links and scoped names for text', () => {
    expect(tasksOf('- [docs](http://localhost) update\n- @scope/name is old')).toMatchObject([
      { key: 't1', text: '[docs](http://localhost) update' },
      { key: 't2', agent: 'scripted', text: '@scope/name is old' },
    ]);
  });

  it('gives keys that nobody wrote, and never one twice', () => {
    expect(tasksOf('- [t2] one\n- two\n- three\n- [t4] four').map(({ key }) => key)).toEqual([
      't2',
      't5',
      't3',
      't4',
    ]);
    expect(tasksOf('- one\n- after: t1; two')[1]?.after).toEqual(['t1']);
  });

  it('titles a task with its first line without marks, 80 characters at most', () => {
    const titles = tasksOf(
      [
        `- Write it [[write path=a.txt content="a ]] b"]] now\n  and more`,
        `- [[sleep 10]]\n  [[say hello]] Second line`,
        `- [[sh echo]]`,
        `- ${'é'.repeat(79)}🚆🚆`,
        `- see [[wiki page]]`,
      ].join('\n'),
    ).map(({ title }) => title);
    expect(titles).toEqual([
      'Write it now',
      'Second line',
      '[[sh echo]]',
      `${'é'.repeat(79)}🚆`,
      'see [[wiki page]]',
    ]);
  });

  it('keeps the marks in the text', () => {
    expect(tasksOf('- @scripted [a] [[write path=a content="x"]]')[0]?.text).toBe(
      '[[write path=a content="x"]]',
    );
    expect(tasksOf('- [a][[say hi]]')[0]).toMatchObject({ key: 'a', text: '[[say hi]]' });
  });

  it('accepts letters of any language in keys', () => {
    expect(tasksOf('- [größe] eins\n- after: größe; zwei')[1]?.after).toEqual(['größe']);
  });
});

describe('what the plain planner refuses', () => {
  it('refuses an empty goal', () => {
    expect(problemsOf(' \n\t\n')).toEqual([{ line: 1, message: 'The goal is empty' }]);
    expect(problemsOf('-\n- \n')).toEqual([{ line: 1, message: 'The goal is empty' }]);
  });

  it('refuses an unknown agent', () => {
    expect(problemsOf('- one\n- @nobody two')).toEqual([
      { line: 2, message: 'There is no agent @nobody; there are @scripted, @codex' },
    ]);
  });

  it('refuses an unknown key, with and without a semicolon', () => {
    expect(problemsOf('- after: nope; one')).toMatchObject([{ line: 1 }]);
    expect(problemsOf('- after: nope')).toMatchObject([{ line: 1 }]);
    expect(problemsOf('- [a] one\n\n- after: a, nope; two')).toEqual([
      { line: 3, message: 'No task of this goal has the key [nope]' },
    ]);
    expect(problemsOf('- after: ; one')).toMatchObject([{ message: 'after: names no key' }]);
  });

  it('refuses a doubled key', () => {
    expect(problemsOf('- [a] one\n- [a] two')).toEqual([
      { line: 2, message: 'The key [a] is already used on line 1' },
    ]);
  });

  it('refuses tasks that wait for themselves, directly or around many corners', () => {
    expect(problemsOf('- [a] after: a; one')).toEqual([
      { line: 1, message: 'These tasks wait for each other: a -> a' },
    ]);
    expect(problemsOf('- [x1] one\n- [a] after: c; one\n- [b] after: a; two\n- [c] after: b; three')).toEqual(
      [{ line: 2, message: 'These tasks wait for each other: a -> c -> b -> a' }],
    );
    const long = Array.from({ length: 3000 }, (_, i) => `- [k${i}] after: k${(i + 1) % 3000}; do it`).join(
      '\n',
    );
    expect(problemsOf(long)).toHaveLength(1);
  });

  it('refuses an item that says nothing', () => {
    expect(problemsOf('- @codex [a]')).toMatchObject([{ line: 1 }]);
  });
});
