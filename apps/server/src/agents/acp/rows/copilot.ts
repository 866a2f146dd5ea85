import type { AcpAgent, Launch } from '../acp-agent.ts';
import { ACP_CAPABILITIES } from './capabilities.ts';

/** GitHub's Copilot CLI. */
export const copilot: AcpAgent = {
  id: 'copilot',
  title: 'GitHub Copilot CLI',
  packageName: '@github/copilot',
  version: '1.0.102',
  oldest: '1.0.102',
  natives: ['node_modules/@github', '..'].map(
    (place) => `${place}/copilot-${process.platform}-${process.arch}/copilot`,
  ),
  signIn: {
    // Not GITHUB_TOKEN, which opens far more than a model.
    variables: ['COPILOT_GITHUB_TOKEN', 'COPILOT_PROVIDER_API_KEY'],
    files: ['.copilot/config.json'],
  },
  signInFix: 'copilot, then /login; or set COPILOT_GITHUB_TOKEN',
  args: (launch) => [
    ...['--acp', '--no-auto-update', '--disable-builtin-mcps', ...toolsOf(launch)],
    ...(launch.spec.model === undefined ? [] : ['--model', launch.spec.model]),
    ...(launch.spec.files === undefined ? [] : [`--add-dir=${launch.spec.files}`]),
  ],
  environment: () => ({}),
  addresses: [
    ...['COPILOT_PROVIDER_BASE_URL', 'COPILOT_PROVIDER_TYPE', 'COPILOT_PROVIDER_WIRE_API'],
    ...['COPILOT_MODEL', 'COPILOT_OFFLINE'],
  ],
  // Servers that it is told of over the protocol it does not start.
  settings: async ({ spec }) => ({ '.copilot/mcp-config.json': JSON.stringify(serversOf(spec.mcp)) }),
  selfTalk: {
    retrying: /^Info: .* Retrying\.\.\.$/,
    failed: /^Error: /,
    certain: /^Error: Failed to get response from the AI model; retried \d+ times/,
  },
  capabilities: { ...ACP_CAPABILITIES, exitCodes: true, usage: 'session' },
  gaps: [
    'What its vendor refused ends the turn as if it were done, with the reason as its last words, by which it is known.',
    'Where a person says no to one deed, it ends its turn instead of going on.',
    'A busy vendor is asked six times, for a minute, before that is told.',
    'The tokens it tells are the whole session’s: after a resume, those of earlier turns are in them again.',
    'It starts a second process of its own, which is ended by its mark.',
  ],
};

function toolsOf({ spec, contained }: Launch): readonly string[] {
  if (spec.policy === 'read-only') return ['--deny-tool=write', '--deny-tool=shell'];
  if (spec.approvals === 'always') return [];
  return contained || spec.approvals === 'never' ? ['--allow-all-tools'] : ['--allow-tool=write'];
}

function serversOf(servers: Launch['spec']['mcp']): unknown {
  const known = servers.map(
    ({ name, ...server }) => [name, { type: 'local', ...server, tools: ['*'] }] as const,
  );
  return { mcpServers: Object.fromEntries(known) };
}
