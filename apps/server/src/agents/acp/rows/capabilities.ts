import type { AgentCapabilities } from '../../agent-adapter.ts';

/** What an agent can tell and be told over the protocol, where its row does not say otherwise. */
export const ACP_CAPABILITIES: AgentCapabilities = {
  plan: false,
  thoughts: true,
  diffs: 'item',
  exitCodes: false,
  approvals: true,
  questions: false,
  steer: false,
  resume: true,
  images: true,
  mcp: true,
  usage: 'none',
  vendorErrors: 'all',
  sandbox: 'none',
};
