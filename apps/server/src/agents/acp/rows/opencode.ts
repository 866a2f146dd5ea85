import type { AcpAgent, Launch } from '../acp-agent.ts';
import { ACP_CAPABILITIES } from './capabilities.ts';

const PLATFORM = `opencode-${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** SST's OpenCode, which speaks to many vendors. */
export const opencode: AcpAgent = {
  id: 'opencode',
  title: 'OpenCode',
  packageName: 'opencode-ai',
  version: '1.18.33',
  oldest: '1.18.33',
  // What npm links is a script of its own, which leaves its child behind when it is killed.
  natives: ['node_modules', '..'].map((place) => `${place}/${PLATFORM}/bin/opencode`),
  signIn: {
    variables: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
    files: ['.local/share/opencode/auth.json'],
  },
  signInFix: 'opencode auth login',
  args: () => ['acp'],
  environment: (launch) => ({
    OPENCODE_CONFIG_CONTENT: JSON.stringify(configure(launch)),
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  }),
  addresses: [],
  settings: async () => ({}),
  capabilities: { ...ACP_CAPABILITIES, exitCodes: true, usage: 'partial', vendorErrors: 'sign-in' },
  gaps: [
    'The first answer may take 15 seconds while it makes its home.',
    'Where a person says no to one deed, it ends its turn instead of going on.',
    'A vendor that is busy or fails is asked again for minutes, silently: our limits of time end it.',
    'What it says of tokens is the last step’s and not the turn’s.',
    'It shows a diff of an edit, and none of a file that it writes anew.',
    'Its errors are sentences; which kind they are is guessed by their words.',
  ],
};

/** The person's own settings are not read, for they may start programs of their own. */
function configure({ spec, contained }: Launch): unknown {
  const mayRun = spec.approvals === 'never' || (contained && spec.approvals !== 'always');
  const edits = spec.policy === 'read-only' ? 'deny' : spec.approvals === 'always' ? 'ask' : 'allow';
  const commands = spec.policy === 'read-only' ? 'deny' : mayRun ? 'allow' : 'ask';
  // Where each deed is asked about, that it leaves the worktree would only be asked about once more.
  const outside = edits === 'ask' && commands === 'ask' ? 'allow' : commands;
  return {
    autoupdate: false,
    share: 'disabled',
    permission: { edit: edits, bash: commands, external_directory: outside },
    ...(spec.model === undefined ? {} : { model: spec.model }),
  };
}
