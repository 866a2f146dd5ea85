import { access, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pickVariables } from '../../platform/pick-variables.ts';

type Host = Readonly<Record<string, string | undefined>>;

/** Variables of the host with which a person may be signed in; handed on by name. */
const KEYS = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'];

/** Variables of the host that say where the vendor is; no secrets. */
const ADDRESSES = ['ANTHROPIC_BASE_URL', 'ANTHROPIC_MODEL'];

/** The person's sign-in, which claude renews in place. */
export function claudeSignIn(host: Host): string {
  return join(host['CLAUDE_CONFIG_DIR'] ?? join(host['HOME'] ?? '', '.claude'), '.credentials.json');
}

/** Whether the person is signed in, as far as can be seen offline. */
export async function isSignedIn(host: Host): Promise<boolean> {
  return KEYS.some((name) => (host[name] ?? '') !== '') || (await isThere(claudeSignIn(host)));
}

/**
 * Makes the private folder claude runs with: its own sessions, and the person's sign-in as a link, because claude
 * renews its token in place and a copy would log the person out.
 */
export async function prepareClaudeHome(host: Host, home: string): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const link = join(home, '.credentials.json');
  await rm(link, { force: true });
  if (await isThere(claudeSignIn(host))) await symlink(claudeSignIn(host), link);
}

/** What claude is told by its environment: the person's keys for its vendor, where that is, and to keep to itself. */
export function claudeEnvironment(host: Host, home: string): Record<string, string> {
  return {
    ...pickVariables(host, [...KEYS, ...ADDRESSES]),
    CLAUDE_CONFIG_DIR: home,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
