import { describe, expect, it } from 'vitest';
import { makeAdapters } from '../agents/adapters.ts';
import { turnInput } from '../tasks/turn-input.ts';
import { makeTaskRecord } from '../tasks/test-task.ts';
import { systemClock } from '../platform/clock.ts';
import { makePlainSandbox } from '../sandbox/contain.ts';
import { describeRoles, ROLES, roleNamed } from './roles.ts';

describe('the roles', () => {
  it('each have a word of their own that a goal can hold', () => {
    const names = ROLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z-]*$/);
  });

  it('share no word with an agent, since both stand after an @', () => {
    const adapters = makeAdapters({ sandbox: makePlainSandbox({}), clock: systemClock, host: {} });
    expect(adapters.map(({ id }) => id).filter((id) => roleNamed(id) !== null)).toEqual([]);
  });

  it('say what they do without a mark that an agent would obey', () => {
    for (const { brief, prefers } of ROLES) {
      expect(brief).not.toContain('[[');
      expect(prefers.length).toBeGreaterThan(0);
    }
  });

  it('stand before the text of a task, which stays as it is', () => {
    const task = makeTaskRecord({ role: 'qa', text: 'Test the fare [[write path=a content="b"]]' });
    expect(turnInput(task, roleNamed('qa')?.brief)).toBe(`${roleNamed('qa')?.brief}\n\n${task.text}`);
    expect(turnInput(makeTaskRecord({ text: 'Do it' }))).toBe('Do it');
  });

  it('are told to people without the text that agents get', () => {
    expect(describeRoles()[0]).toEqual({
      name: 'architect',
      title: 'Architect',
      does: 'Decides how parts are cut and what they may know of each other; changes no file.',
      policy: 'read-only',
    });
  });
});
