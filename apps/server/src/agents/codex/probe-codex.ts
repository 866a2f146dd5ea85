import { compareVersions } from '../../platform/compare-versions.ts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AgentProbe } from '../agent-adapter.ts';
import { readCodexAccount } from './codex-home.ts';
import { CODEX_VERSION, type CodexPlaces, findCodex } from './find-codex.ts';

const run = promisify(execFile);
const PROBE_MS = 10_000;
const INSTALL = `npm i -g @openai/codex@${CODEX_VERSION}`;

/** Oldest version whose app-server speaks as this adapter expects. */
const MINIMUM = CODEX_VERSION;

/** A binary with what it says of itself. */
interface Candidate {
  readonly path: string;
  readonly version: string | null;
}

/** Where to look, and whether settings of ours name a model provider, which needs no sign-in. */
export interface ProbeOptions extends CodexPlaces {
  readonly hasProvider?: boolean;
}

/** Looks for codex and says what stands in the way of using it; starts only `codex --version`. */
export async function probeCodex({ hasProvider = false, ...places }: ProbeOptions): Promise<AgentProbe> {
  const [candidates, account] = await Promise.all([listCandidates(places), readCodexAccount(places.host)]);
  const signedIn = account.signedIn || hasProvider;
  const best = candidates.find(isUsable) ?? candidates[0];
  if (best === undefined) {
    const problems = [places.path === null ? 'codex was not found' : `${places.path} is not codex`];
    return { installed: false, version: null, path: null, signedIn, healthy: false, problems, fix: INSTALL };
  }
  const isHealthy = isUsable(best) && signedIn;
  return {
    installed: true,
    version: best.version,
    path: best.path,
    signedIn,
    healthy: isHealthy,
    problems: listProblems(best, signedIn),
    fix: isHealthy ? null : isUsable(best) ? 'codex login' : INSTALL,
  };
}

/** The path of the codex to start, or null where none is new enough. */
export async function chooseCodex(places: CodexPlaces): Promise<string | null> {
  return (await listCandidates(places)).find(isUsable)?.path ?? null;
}

async function listCandidates(places: CodexPlaces): Promise<readonly Candidate[]> {
  const paths = await findCodex(places);
  return Promise.all(paths.map(async (path) => ({ path, version: await readVersion(path) })));
}

async function readVersion(path: string): Promise<string | null> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: PROBE_MS, env: {} });
    return /(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
  } catch {
    // Not runnable here, or not codex: either way there is no version to speak of.
    return null;
  }
}

function isUsable({ version }: Candidate): boolean {
  return version !== null && compareVersions(version, MINIMUM) >= 0;
}

function listProblems({ path, version }: Candidate, signedIn: boolean): readonly string[] {
  const problems: string[] = [];
  if (version === null) problems.push(`${path} does not say its version`);
  else if (compareVersions(version, MINIMUM) < 0) problems.push(`codex ${version} is older than ${MINIMUM}`);
  else if (compareVersions(version, CODEX_VERSION) > 0) {
    problems.push(`codex ${version} is newer than ${CODEX_VERSION}, with which it was tried`);
  }
  if (!signedIn) problems.push('codex is not signed in');
  return problems;
}
