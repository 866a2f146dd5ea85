import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acpAgents } from './agents-table.ts';
import { isSignedIn } from './acp-home.ts';
import type { KnownProgram } from '../find-program.ts';
import { probeProgram } from '../probe-program.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'thalogos-acp-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const docs = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs', 'agents');

describe.each(acpAgents)('$title', (agent) => {
  it('has a page for people that names what it can’t do', async () => {
    const page = await readFile(join(docs, `${agent.id}.md`), 'utf8');
    for (const gap of agent.gaps) expect(page).toContain(gap);
  });

  it('is told how to be installed, to be renewed and to be signed in', async () => {
    const install = `npm i -g ${agent.packageName}@${agent.version}`;
    const host = { HOME: home, PATH: '' };
    const places = { path: null, host };
    expect(await probeProgram(agent, places, isSignedIn(agent, host))).toMatchObject({
      installed: false,
      healthy: false,
      fix: install,
    });

    const folder = join(home, '.cache', 'thalogos', 'agents', agent.id, agent.version, 'node_modules');
    await installInto(join(folder, agent.packageName), { ...agent, version: '0.0.1' });
    expect(await probeProgram(agent, places, isSignedIn(agent, host))).toMatchObject({
      installed: true,
      version: '0.0.1',
      fix: install,
    });

    await installInto(join(folder, agent.packageName), agent);
    const found = { installed: true, version: agent.version, signedIn: false, fix: agent.signInFix };
    expect(await probeProgram(agent, places, isSignedIn(agent, host))).toMatchObject(found);

    const [native = 'start.js'] = agent.natives;
    const path = join(folder, agent.packageName, native);
    // Its version is read, and no program is started for it: here there is none that could say it.
    expect(await probeProgram(agent, { path, host }, isSignedIn(agent, host))).toMatchObject(found);

    const [file = ''] = agent.signIn.files;
    await mkdir(join(home, file, '..'), { recursive: true });
    await writeFile(join(home, file), '{}');
    expect(await probeProgram(agent, places, isSignedIn(agent, host))).toMatchObject({
      signedIn: true,
      healthy: true,
      fix: null,
    });
  });
});

/** What npm leaves of a package, as far as it is looked at. */
async function installInto(
  folder: string,
  { id, packageName, version, natives }: KnownProgram,
): Promise<void> {
  const [native] = natives;
  await mkdir(dirname(join(folder, native ?? 'start.js')), { recursive: true });
  if (native !== undefined) await writeFile(join(folder, native), '');
  const named = { name: packageName, version, bin: { [id]: 'start.js' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(named));
  await writeFile(join(folder, 'start.js'), '');
}
