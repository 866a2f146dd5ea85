import { describe, expect, it } from 'vitest';
import type { AgentEventBody } from '../agents/agent-adapter.ts';
import { leaveKey } from './leave.ts';
import { makeTestRuns } from './test-runs.ts';

const asking = (command: string, more: object = {}) =>
  ({
    kind: 'command',
    title: command,
    detail: { command, itemId: 'i-1', reason: 'because', ...more },
  }) as const;

describe('the name of what leave is given for', () => {
  it('is the same whenever exactly the same is asked for', () => {
    const again = asking('npm test', { itemId: 'i-2', reason: 'again', requestId: 7, startedAt: 9 });
    expect(leaveKey(again)).toBe(leaveKey(asking('npm test')));
  });

  it('does not count what an agent says that a command is for', () => {
    const told = (description: string) => asking('npm test', { input: { command: 'npm test', description } });
    expect(leaveKey(told('Run the tests'))).toBe(leaveKey(told('Run all tests')));
    const tool = { ...told('Close it'), kind: 'mcp' as const };
    expect(leaveKey(tool)).not.toBe(leaveKey({ ...told('Delete it'), kind: 'mcp' as const }));
  });

  it.each([
    ['another command', asking('npm test -- --watch')],
    ['another folder', asking('npm test', { cwd: '/elsewhere' })],
    ['another kind of act', { ...asking('npm test'), kind: 'mcp' as const }],
    ['the same words for another input', asking('npm test', { input: { command: 'rm -rf /' } })],
    ['an input that names another thing', asking('npm test', { input: { itemId: 'i-9' } })],
  ])('is another one for %s', (_what, other) => {
    expect(leaveKey(other)).not.toBe(leaveKey(asking('npm test')));
  });
});

describe('an agent that asks for what was allowed for its task', () => {
  const request = (requestId: string): AgentEventBody => ({
    ...{ type: 'approval', requestId, itemId: requestId },
    ...asking('npm install'),
  });
  const end: AgentEventBody = { type: 'turn.end', outcome: 'completed', text: 'done' };

  it('goes on without a person, who is asked the first time and never twice', async () => {
    await using runs = await makeTestRuns({ codex: [() => [request('1'), request('2'), end]] });
    runs.allowed.add(leaveKey(asking('npm install')));
    runs.start();
    await runs.until(() => runs.answered.length === 2 && runs.task().state.kind === 'review');
    expect(runs.asked).toEqual([]);
    expect(runs.answered).toEqual(['1 allow', '2 allow']);
  });

  it('waits for a person where it was not', async () => {
    await using runs = await makeTestRuns({ codex: [() => [request('1')]] });
    runs.allowed.add(leaveKey(asking('npm install --force')));
    runs.start();
    await runs.until(() => runs.asked.length === 1);
    expect(runs.answered).toEqual([]);
    expect(runs.asked[0]).toMatchObject({ leave: leaveKey(asking('npm install')) });
    expect(runs.asked[0]?.options.find(({ id }) => id === 'allow-session')?.does).toContain('exactly this');
  });
});
