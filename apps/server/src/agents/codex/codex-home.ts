import { access, copyFile, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pickVariables } from '../../platform/pick-variables.ts';
import type { Environment } from '../../platform/process.ts';

type Host = Readonly<Record<string, string | undefined>>;

/** What codex needs to speak to its vendor, as far as can be seen offline. */
export interface CodexAccount {
  readonly signedIn: boolean;
  /** Variables of the host that carry its credentials; no others are handed on. */
  readonly credentials: readonly string[];
}

const PROVIDER = /^\s*model_provider\s*=\s*"([^"]+)"/m;
const ENV_KEY = /^\s*env_key\s*=\s*"(\w+)"/gm;

/** The person's own codex folder. */
function personalCodexHome(host: Host): string {
  return host['CODEX_HOME'] ?? join(host['HOME'] ?? '', '.codex');
}

/** The person's sign-in, which codex renews in place. */
export function signInOf(host: Host): string {
  return join(personalCodexHome(host), 'auth.json');
}

/** Reads whether the person is signed in, or has set a provider of their own. */
export async function readCodexAccount(host: Host): Promise<CodexAccount> {
  const home = personalCodexHome(host);
  const auth = await readFile(join(home, 'auth.json'), 'utf8').catch(() => null);
  const config = await readFile(join(home, 'config.toml'), 'utf8').catch(() => '');
  const provider = PROVIDER.exec(config)?.[1];
  const hasProvider = provider !== undefined && config.includes(`[model_providers.${provider}]`);
  const credentials = [...config.matchAll(ENV_KEY)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  return { signedIn: auth !== null || hasProvider, credentials };
}

/** Of the host's secrets, its vendor's and those that the person's own settings of codex name. */
export async function codexCredentials(host: Host): Promise<Environment> {
  const { credentials } = await readCodexAccount(host);
  return pickVariables(host, ['OPENAI_API_KEY', 'CODEX_API_KEY', ...credentials]);
}

/**
 * Makes the private folder codex runs with: its own sessions, the person's sign-in and settings.
 *
 * The sign-in is a link, because codex renews its token in place: a copy would
 * log the person out. The settings are a copy, because codex notes in them
 * which folders it trusts, and worktrees are none of the person's business.
 */
export async function prepareCodexHome(host: Host, home: string): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const personal = personalCodexHome(host);
  const [auth, config] = [join(home, 'auth.json'), join(home, 'config.toml')];
  await Promise.all([auth, config].map((file) => rm(file, { force: true })));
  if (await isThere(signInOf(host))) await symlink(signInOf(host), auth);
  if (await isThere(join(personal, 'config.toml'))) await copyFile(join(personal, 'config.toml'), config);
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
