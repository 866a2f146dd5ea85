import type { AcpAgent } from './acp-agent.ts';
import { copilot } from './rows/copilot.ts';
import { gemini } from './rows/gemini.ts';
import { opencode } from './rows/opencode.ts';
import { qwen } from './rows/qwen.ts';

/** Every agent that is driven over the Agent Client Protocol; a new one is a row here. */
export const acpAgents: readonly AcpAgent[] = [gemini, qwen, opencode, copilot];
