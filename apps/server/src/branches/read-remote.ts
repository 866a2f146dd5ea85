import { createHash } from 'node:crypto';
import type { RemoteConfig } from '@thalogos/contracts';
import type { Remote } from '../git/push-branch.ts';
import { readRemoteAddress, schemeOf } from '../git/remote-address.ts';
import type { BranchesDeps } from './branches-deps.ts';

/** The remote that the project's policy pushes to, that it pushes nothing, or why it can't. */
export type ReadRemote =
  | { readonly kind: 'off' }
  | { readonly kind: 'unusable'; readonly name: string; readonly reason: string }
  | { readonly kind: 'on'; readonly name: string; readonly remote: Remote; readonly address: string };

/** Reads where a project's integration branches go: nowhere unless its file says so and a person trusts that. */
export async function readRemote(deps: BranchesDeps, project: string): Promise<ReadRemote> {
  const { config, problems, hash } = await deps.projects.settingsAt(project, null);
  const isOn = config.remote.push === 'integration' && problems.length === 0;
  return isOn && deps.projects.isTrusted(project, hash)
    ? readConfigured(deps, project, config.remote)
    : { kind: 'off' };
}

async function readConfigured(
  deps: BranchesDeps,
  project: string,
  { name, schemes }: RemoteConfig,
): Promise<ReadRemote> {
  const { person } = deps.projects.place(project);
  const address = await readRemoteAddress({ git: deps.git, gitDir: person.gitDir }, name);
  const unusable = (reason: string): ReadRemote => ({ kind: 'unusable', name, reason });
  if (address === null)
    return unusable(`Your repository has no remote ${name}; add it with git remote add ${name} ADDRESS.`);
  const scheme = schemeOf(address);
  if (scheme === null)
    return unusable(`The address of ${name} is none that Thalogos pushes to; use https or ssh.`);
  if (!schemes.includes(scheme))
    return unusable(`${name} is reached by ${scheme}, which remote.schemes of the project file leaves out.`);
  const remote = { address, scheme, environment: deps.signIn };
  return { kind: 'on', name, remote, address: createHash('sha256').update(address).digest('hex') };
}
