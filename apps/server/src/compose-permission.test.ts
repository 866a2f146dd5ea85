import { ProjectConfig } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { readsOnlyBecause, wishesOf } from './compose-permission.ts';

const settings = (agents: unknown, trusted = true) => ({
  settingsAt: () => Promise.resolve({ config: ProjectConfig.parse({ agents }), hash: 'h' }),
  isTrusted: () => trusted,
});
const reader = settings({ codex: { permission: 'read-only', model: 'gpt-5.5' } });
const task = { project: 'p-1', agent: 'codex', role: null };

describe('what a project says of an agent at work', () => {
  it('is its model and its permission, which is supervised unless it says so', async () => {
    expect(await wishesOf(reader, 'p-1', 'codex')).toEqual({ model: 'gpt-5.5', permission: 'read-only' });
    expect(await wishesOf(reader, 'p-1', 'claude')).toEqual({ model: null, permission: 'supervised' });
  });

  it('counts for nothing in a file that nobody trusts', async () => {
    const untrusted = settings({ codex: { permission: 'autonomous' } }, false);
    expect(await wishesOf(untrusted, 'p-1', 'codex')).toEqual({ model: null, permission: 'supervised' });
  });

  it('keeps nothing of what an agent that may only read has changed, nor of a role that only reads', async () => {
    expect((await readsOnlyBecause(reader, task))?.why).toBe(
      'The project file lets codex only read (permission: read-only)',
    );
    expect((await readsOnlyBecause(reader, { ...task, agent: 'claude', role: 'architect' }))?.why).toBe(
      'Its role (architect) only reads',
    );
    expect(await readsOnlyBecause(reader, { ...task, agent: 'claude' })).toBeNull();
  });

  it('is refused by name where the file asks for a permission or a role that there is not', () => {
    const problem = (agents: unknown) => ProjectConfig.safeParse({ agents }).error?.issues[0]?.message;
    expect(problem({ codex: { permission: 'full' } })).toContain('"supervised"');
    expect(problem({ codex: { roles: ['tester'] } })).toContain('"qa"');
  });
});
