import { ProjectConfig } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { makeFindOthers, type SuccessorDeps } from './compose-health.ts';
import { makeTaskRecord } from './tasks/test-task.ts';

/** Agents in the order in which they would be chosen; each has an account of its own but the two of one vendor. */
function findOthers(limits: { fallback?: boolean | string[] } = {}) {
  const seen: string[] = [];
  const deps: SuccessorDeps = {
    projects: {
      settingsAt: async () => ({ config: ProjectConfig.parse({ limits }), hash: 'h' }),
      isTrusted: () => true,
    },
    listAgents: async () => {
      seen.push('looked');
      return [];
    },
    scheduler: {
      seen: () => seen.push('told'),
      rank: () => ['codex', 'claude', 'codex-next', 'gemini', 'scripted'],
      standing: (agent) => ({ account: agent.startsWith('codex') ? 'openai' : agent }),
    },
  };
  return { find: makeFindOthers(deps), seen };
}

const task = makeTaskRecord({ agent: 'codex', failures: { count: 1, fingerprint: null, tried: ['gemini'] } });

describe('who may take a task over', () => {
  it('is whoever would be chosen now, but for those that had it and the scripted agent', async () => {
    const { find, seen } = findOthers();
    expect(await find(task, 'crash')).toEqual(['claude', 'codex-next']);
    expect(seen).toEqual(['looked', 'told']);
  });

  it('is nobody of the vendor that refused the sign-in', async () => {
    expect(await findOthers().find(task, 'auth')).toEqual(['claude']);
  });

  it('is only whom the project names, in its order, or nobody', async () => {
    const named = findOthers({ fallback: ['codex-next', 'qwen', 'claude'] });
    expect(await named.find(task, 'crash')).toEqual(['codex-next', 'claude']);
    expect(await findOthers({ fallback: false }).find(task, 'crash')).toEqual([]);
  });

  it('is nobody for one of several attempts, which is this agent’s own', async () => {
    const attempt = { ...task, contest: { id: 'c-1', isKept: false } };
    expect(await findOthers().find(attempt, 'crash')).toEqual([]);
  });

  it('is nobody for the steps of a scripted task, which no other agent understands', async () => {
    const { find, seen } = findOthers();
    expect([await find(makeTaskRecord({ agent: 'scripted' }), 'crash'), seen]).toEqual([[], []]);
  });
});
