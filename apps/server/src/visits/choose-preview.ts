import { createHash } from 'node:crypto';
import type { PreviewConfig, PreviewOffer } from '@thalogos/contracts';

/** What is known of a task's project. */
export interface PreviewSources {
  /** What the project file says, and whether a person has trusted the file as it is. */
  readonly config: PreviewConfig | null;
  readonly isTrusted: boolean;
  /** The script `dev` of the worktree's `package.json`; null where there is none. */
  readonly script: string | null;
  /** The names in the worktree's root. */
  readonly files: readonly string[];
}

/** Lock files, and who writes them. */
const MANAGERS: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

/** Programs that do not read the variable PORT. */
const NEEDS_FLAG = /^(vite|astro)\b/;

/** What a preview would run: what the project file says, else the script `dev` of the package. */
export function choosePreview({ config, isTrusted, script, files }: PreviewSources): PreviewOffer {
  if (config !== null)
    return offer({ command: config.command, script: null, from: 'project-file', isTrusted });
  if (script === null)
    return {
      kind: 'none',
      why: 'Neither the project file has a “preview” nor package.json a script “dev”.',
    };
  const manager = MANAGERS[files.find((name) => name in MANAGERS) ?? ''] ?? 'npm';
  const flags = NEEDS_FLAG.test(script) ? ['--port', '{port}', ...strict(script)] : [];
  const between = manager === 'npm' && flags.length > 0 ? ['--'] : [];
  const command = [manager, 'run', 'dev', ...between, ...flags];
  // Whoever presses Start has read it: the hash that is sent back names it, the script's text included.
  return offer({ command, script, from: 'package.json', isTrusted: true });
}

function strict(script: string): readonly string[] {
  return script.startsWith('vite') ? ['--strictPort'] : [];
}

function offer(what: {
  readonly command: readonly string[];
  readonly script: string | null;
  readonly from: 'project-file' | 'package.json';
  readonly isTrusted: boolean;
}): PreviewOffer {
  const { command, script, from } = what;
  const hash = createHash('sha256').update(JSON.stringify({ command, script, from })).digest('hex');
  return { kind: 'command', ...what, command: [...command], hash };
}
