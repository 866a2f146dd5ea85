import { describe, expect, it } from 'vitest';
import type { SessionSpec } from '../agents/agent-adapter.ts';
import { accessOf, cannotHonour } from './agent-access.ts';
import { makeTestRuns } from './test-runs.ts';

const inSandbox = { role: null, contained: true } as const;

describe('what an agent may do', () => {
  it.each([
    ['supervised', { policy: 'workspace', approvals: 'on-request' }],
    ['ask', { policy: 'workspace', approvals: 'always' }],
    ['autonomous', { policy: 'workspace', approvals: 'never' }],
    ['read-only', { policy: 'read-only', approvals: 'on-request' }],
  ] as const)('is, with the permission %s, %j', (permission, access) => {
    expect(accessOf(permission, inSandbox)).toEqual(access);
  });

  it('is never more than the role of the task allows', () => {
    expect(accessOf('autonomous', { role: 'read-only', contained: true }).policy).toBe('read-only');
  });

  it('goes on being asked about where nothing contains the agent', () => {
    expect(accessOf('autonomous', { role: null, contained: false }).approvals).toBe('on-request');
  });

  it('is refused where an agent that can’t ask would have to', () => {
    expect(cannotHonour('ask', 'scripted', false)).toContain("scripted can't ask");
    expect(cannotHonour('ask', 'codex', true)).toBeNull();
    expect(cannotHonour('supervised', 'scripted', false)).toBeNull();
  });
});

it('is what the agent of a run is started with', async () => {
  const specs: SessionSpec[] = [];
  const turn = (spec: SessionSpec) => {
    specs.push(spec);
    return [{ type: 'turn.end', outcome: 'completed', text: 'done' }] as const;
  };
  await using runs = await makeTestRuns({ codex: [turn] }, 'ask');
  runs.start();
  await runs.until(() => runs.task().state.kind === 'review');
  expect(specs.map(({ policy, approvals }) => [policy, approvals])).toEqual([['workspace', 'always']]);
});
