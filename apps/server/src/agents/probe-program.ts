import { compareVersions } from '../platform/compare-versions.ts';
import type { AgentProbe } from './agent-adapter.ts';
import {
  findPrograms,
  type FoundProgram,
  isUsable,
  type KnownProgram,
  type ProgramPlaces,
} from './find-program.ts';

/** Looks for an agent and says what stands in the way of using it. */
export async function probeProgram(
  agent: KnownProgram,
  places: ProgramPlaces,
  isSignedIn: Promise<boolean>,
): Promise<AgentProbe> {
  const [found, signedIn] = await Promise.all([findPrograms(agent, places), isSignedIn]);
  const install = `npm i -g ${agent.packageName}@${agent.version}`;
  const best = found.find((program) => isUsable(agent, program)) ?? found[0];
  if (best === undefined) {
    const problems = [
      places.path === null ? `${agent.id} was not found` : `${places.path} is not ${agent.id}`,
    ];
    return { installed: false, version: null, path: null, signedIn, healthy: false, problems, fix: install };
  }
  const healthy = isUsable(agent, best) && signedIn;
  return {
    installed: true,
    version: best.version,
    path: best.path,
    signedIn,
    healthy,
    problems: listProblems(agent, best, signedIn),
    fix: healthy ? null : isUsable(agent, best) ? agent.signInFix : install,
  };
}

/** The program to start, or null where none is new enough. */
export async function chooseProgram(
  agent: KnownProgram,
  places: ProgramPlaces,
): Promise<FoundProgram | null> {
  return (await findPrograms(agent, places)).find((program) => isUsable(agent, program)) ?? null;
}

function listProblems(
  agent: KnownProgram,
  { path, version }: FoundProgram,
  signedIn: boolean,
): readonly string[] {
  const { id, oldest } = agent;
  const problems: string[] = [];
  if (version === null) problems.push(`${path} does not say its version`);
  else if (compareVersions(version, oldest) < 0) problems.push(`${id} ${version} is older than ${oldest}`);
  else if (compareVersions(version, agent.version) > 0)
    problems.push(`${id} ${version} is newer than ${agent.version}, with which it was tried`);
  if (!signedIn) problems.push(`${id} is not signed in`);
  return problems;
}
