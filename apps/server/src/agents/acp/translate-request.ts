import type { PermissionOption, RequestPermissionResponse } from '@agentclientprotocol/sdk';
import type { Answer, ApprovalEvent } from '../agent-adapter.ts';
import type { ToolStart } from './translate-tool.ts';

type Kind = PermissionOption['kind'];

/** Which options fit an answer, best first. */
const WANTED: Readonly<Record<Answer['decision'], readonly Kind[]>> = {
  allow: ['allow_once', 'allow_always'],
  'allow-session': ['allow_always', 'allow_once'],
  deny: ['reject_once', 'reject_always'],
  abort: [],
};

/** What is said where nobody is going to choose. */
export const CANCELLED: RequestPermissionResponse = { outcome: { outcome: 'cancelled' } };

/** A request for leave in our words. */
export function toApproval(requestId: string, tool: ToolStart, detail: unknown): ApprovalEvent {
  const { itemId, title } = tool;
  const kind = tool.kind === 'command' || tool.kind === 'edit' ? tool.kind : 'mcp';
  return { type: 'approval', requestId, itemId, kind, title, detail };
}

/** A person's answer in the agent's words: one of the options it gave, by what it means and not by its name. */
export function toPermission(
  { decision }: Answer,
  options: readonly Pick<PermissionOption, 'kind' | 'optionId'>[],
): RequestPermissionResponse {
  for (const wanted of WANTED[decision]) {
    const option = options.find(({ kind }) => kind === wanted);
    if (option !== undefined) return { outcome: { outcome: 'selected', optionId: option.optionId } };
  }
  return CANCELLED;
}
