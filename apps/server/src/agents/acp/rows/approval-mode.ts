import type { Launch } from '../acp-agent.ts';

/** How freely an agent may act, for those that know the four modes of Gemini CLI. */
export function approvalMode({ spec, contained }: Launch): 'plan' | 'default' | 'auto' | 'yolo' {
  if (spec.policy === 'read-only') return 'plan';
  if (spec.approvals === 'always') return 'default';
  // Behind our walls its commands need no leave; elsewhere each of them is asked about.
  return contained || spec.approvals === 'never' ? 'yolo' : 'auto';
}
