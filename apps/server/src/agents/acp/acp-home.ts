import { access, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AcpAgent, Host, Launch } from './acp-agent.ts';

/** The person's files that hold their sign-in, which the agent renews in place. */
export function signInFiles({ signIn }: AcpAgent, host: Host): readonly string[] {
  return signIn.files.map((file) => join(host['HOME'] ?? '', file));
}

/** Whether the person is signed in, as far as can be seen offline. */
export async function isSignedIn(agent: AcpAgent, host: Host): Promise<boolean> {
  if (agent.signIn.variables.some((name) => (host[name] ?? '') !== '')) return true;
  const there = await Promise.all(signInFiles(agent, host).map(isThere));
  return there.includes(true);
}

/**
 * Makes the private home an agent runs with: its own sessions and our settings, and the person's sign-in as links,
 * because a token that is renewed in a copy would log the person out.
 */
export async function prepareAcpHome(agent: AcpAgent, launch: Launch, home: string): Promise<void> {
  for (const [path, text] of Object.entries(await agent.settings(launch))) {
    await mkdir(join(home, dirname(path)), { recursive: true, mode: 0o700 });
    await writeFile(join(home, path), text, { mode: 0o600 });
  }
  for (const path of agent.signIn.files) {
    const [link, personal] = [join(home, path), join(launch.personal, path)];
    await mkdir(dirname(link), { recursive: true, mode: 0o700 });
    await rm(link, { force: true });
    if (await isThere(personal)) await symlink(personal, link);
  }
  const { resume } = launch.spec;
  if (resume !== undefined) await agent.beforeResume?.(home, resume);
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
