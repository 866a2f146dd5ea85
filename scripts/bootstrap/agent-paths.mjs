import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toolFolder } from './fetch-tool.mjs';

const rustTargets = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
};
const platform = /** @type {keyof typeof rustTargets} */ (`${process.platform}-${process.arch}`);

/**
 * The agent CLIs that can be installed for tests, each pinned by its own lock file. `proof` is the program
 * to start: the native one, because killing a wrapper would orphan it; a script where there is no other.
 *
 * @type {Record<string, import('./fetch-tool.mjs').Tool>}
 */
export const agentTools = {
  codex: {
    list: 'codex',
    family: join('agents', 'codex'),
    packageName: '@openai/codex',
    proof: join(
      'node_modules',
      '@openai',
      `codex-${platform}`,
      'vendor',
      rustTargets[platform] ?? 'unknown',
      'bin',
      'codex',
    ),
  },
  claude: {
    list: 'claude',
    family: join('agents', 'claude'),
    packageName: '@anthropic-ai/claude-code',
    proof: join('node_modules', '@anthropic-ai', `claude-code-${platform}`, 'claude'),
  },
  gemini: {
    list: 'gemini',
    family: join('agents', 'gemini'),
    packageName: '@google/gemini-cli',
    proof: join('node_modules', '@google', 'gemini-cli', 'bundle', 'gemini.js'),
  },
  qwen: {
    list: 'qwen',
    family: join('agents', 'qwen'),
    packageName: '@qwen-code/qwen-code',
    proof: join('node_modules', '@qwen-code', 'qwen-code', 'cli-entry.js'),
  },
  opencode: {
    list: 'opencode',
    family: join('agents', 'opencode'),
    packageName: 'opencode-ai',
    proof: join('node_modules', `opencode-${platform}`, 'bin', 'opencode'),
  },
  copilot: {
    list: 'copilot',
    family: join('agents', 'copilot'),
    packageName: '@github/copilot',
    proof: join('node_modules', '@github', `copilot-${platform}`, 'copilot'),
  },
};

/**
 * The program of an installed agent CLI, or undefined while it is not installed.
 *
 * @param {string} name such as `codex`
 * @returns {string | undefined}
 */
export function agentPath(name) {
  const tool = agentTools[name];
  if (tool === undefined) return undefined;
  const program = join(toolFolder(tool), tool.proof);
  return existsSync(program) ? program : undefined;
}
