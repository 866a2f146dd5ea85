import type { AgentChoice, Attempt, Task } from '@thalogos/contracts';

/** Why a task went where it did. */
export const sampleChoice: AgentChoice = {
  agent: 'codex',
  source: 'score',
  confidence: 0.61,
  reasoning: 'codex is ahead of claude: fit 0.79, preference 1.00, success 0.92, load 0.50, cost 0.50',
  candidates: [
    {
      agent: 'codex',
      score: 0.761,
      reasoning: 'fit 0.79, preference 1.00, success 0.92, load 0.50, cost 0.50',
    },
    {
      agent: 'claude',
      score: 0.648,
      reasoning: 'fit 0.55, preference 0.50, success 0.88, load 1.00, cost 0.20',
    },
    { agent: 'gemini', score: 0, reasoning: 'not signed in' },
  ],
};

/** Three attempts at one thing. */
export function sampleAttempts(tasks: readonly Task[]): Attempt[] {
  const agents = ['codex', 'claude', 'gemini'];
  return tasks.slice(0, 3).map((task, at) => ({
    task: {
      ...task,
      agent: agents[at] ?? 'codex',
      state: at === 2 ? 'running' : 'review',
      contest: { id: 'c-1', isKept: false },
    },
    files: ['src/limits/bucket.ts', 'test/bucket.test.ts', 'README.md'].slice(at).map((path, line) => ({
      ...{ path, from: null, status: 'modified' as const, binary: false },
      ...{ added: 12 * (line + at + 1), removed: 3 * line },
    })),
    seconds: 90 * (at + 1),
    checks: ['types', 'tests'].map((name) => ({ name, known: at === 0 ? 'passed' : 'unknown' })),
  }));
}
