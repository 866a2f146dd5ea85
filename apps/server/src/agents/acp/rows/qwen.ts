import type { AcpAgent, Launch } from '../acp-agent.ts';
import { approvalMode } from './approval-mode.ts';
import { ACP_CAPABILITIES } from './capabilities.ts';

const MODES = { plan: 'plan', default: 'default', auto: 'auto-edit', yolo: 'yolo' } as const;

/** Its own ways of starting other agents, schedules and worktrees: here that is the orchestrator's part. */
const NOT_OFFERED = [
  ...['agent', 'list_agents', 'send_message', 'cron_create', 'cron_delete', 'cron_list', 'loop_wakeup'],
  ...['enter_worktree', 'exit_worktree'],
];

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
    ...(launch.spec.files === undefined ? [] : [`--include-directories=${launch.spec.files}`]),
  ],
  environment: () => ({
    QWEN_CODE_NO_RELAUNCH: 'true',
    // Its model would be asked before the tools of its servers are known.
    QWEN_CODE_LEGACY_MCP_BLOCKING: '1',
  }),
  addresses: ['OPENAI_BASE_URL', 'OPENAI_MODEL'],
  settings: async (launch) => ({
    '.qwen/settings.json': JSON.stringify({
      security: { auth: { selectedType: selectedType(launch) }, folderTrust: { enabled: false } },
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      tools: {
        shell: { enableInteractiveShell: false },
        // Tools that a model would first have to search for are as good as none.
        toolSearch: { enabled: false },
        disabled: NOT_OFFERED,
      },
      // It would ask its model about each turn once more, and keep what it says in the home of one session.
      memory: { enableManagedAutoMemory: false, enableManagedAutoDream: false },
    }),
  }),
  capabilities: { ...ACP_CAPABILITIES, exitCodes: true, vendorErrors: 'sign-in' },
  gaps: [
    'It needs Node 22 or newer.',
    'Where a person says no to one deed, it ends its turn instead of going on.',
    'A vendor that is busy or fails is asked again for minutes, silently: our limits of time end it.',
    'Its model is shown a picture only where its name is one that Qwen Code knows to see.',
    'Tokens are told beside its words and not at the end of a turn, so they are not counted.',
    'Its errors are sentences; which kind they are is guessed by their words.',
  ],
};

function selectedType({ variables }: Launch): string {
  return (variables['OPENAI_API_KEY'] ?? '') === '' ? 'qwen-oauth' : 'openai';
}
