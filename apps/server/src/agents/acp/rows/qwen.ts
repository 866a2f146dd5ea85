import type { AcpAgent, Launch } from '../acp-agent.ts';
import { approvalMode } from './approval-mode.ts';
import { ACP_CAPABILITIES } from './capabilities.ts';

const MODES = { plan: 'plan', default: 'default', auto: 'auto-edit', yolo: 'yolo' } as const;

/** Alibaba's Qwen Code, a relative of Gemini CLI that speaks to any vendor with Chat Completions. */
export const qwen: AcpAgent = {
  id: 'qwen',
  title: 'Qwen Code',
  packageName: '@qwen-code/qwen-code',
  version: '0.24.4',
  oldest: '0.24.4',
  natives: [],
  signIn: { variables: ['OPENAI_API_KEY'], files: ['.qwen/oauth_creds.json'] },
  signInFix: 'qwen, then /auth; or set OPENAI_API_KEY with OPENAI_BASE_URL and OPENAI_MODEL',
  args: (launch) => [
    ...['--acp', '--approval-mode', MODES[approvalMode(launch)]],
    ...(launch.spec.model === undefined ? [] : ['--model', launch.spec.model]),
  ],
  environment: () => ({ QWEN_CODE_NO_RELAUNCH: 'true' }),
  addresses: ['OPENAI_BASE_URL', 'OPENAI_MODEL'],
  settings: async (launch) => ({
    '.qwen/settings.json': JSON.stringify({
      security: { auth: { selectedType: selectedType(launch) }, folderTrust: { enabled: false } },
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      tools: { shell: { enableInteractiveShell: false } },
    }),
  }),
  capabilities: { ...ACP_CAPABILITIES, exitCodes: true },
  gaps: [
    'It needs Node 22 or newer.',
    'Tokens are told beside its words and not at the end of a turn, so they are not counted.',
    'Its errors are sentences; which kind they are is guessed by their words.',
  ],
};

function selectedType({ variables }: Launch): string {
  return (variables['OPENAI_API_KEY'] ?? '') === '' ? 'qwen-oauth' : 'openai';
}
