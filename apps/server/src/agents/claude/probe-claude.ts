import { compareVersions } from '../../platform/compare-versions.ts';
import type { AgentProbe } from '../agent-adapter.ts';
import { isSignedIn } from './claude-home.ts';
import {
  CLAUDE_VERSION,
  type ClaudePlaces,
  findClaude,
  type FoundClaude,
  isUsable,
  OLDEST_CLAUDE,
} from './find-claude.ts';

const INSTALL = `npm i -g @anthropic-ai/claude-code@${CLAUDE_VERSION}`;
const SIGN_IN = 'claude, then /login';

/** Looks for claude and says what stands in the way of using it; starts only `claude --version`. */
export async function probeClaude(places: ClaudePlaces): Promise<AgentProbe> {
  const [candidates, signedIn] = await Promise.all([findClaude(places), isSignedIn(places.host)]);
  const best = candidates.find(isUsable) ?? candidates[0];
  if (best === undefined) {
    const problems = [places.path === null ? 'claude was not found' : `${places.path} is not claude`];
    return { installed: false, version: null, path: null, signedIn, healthy: false, problems, fix: INSTALL };
  }
  const healthy = isUsable(best) && signedIn;
  return {
    installed: true,
    version: best.version,
    path: best.path,
    signedIn,
    healthy,
    problems: listProblems(best, signedIn),
    fix: healthy ? null : isUsable(best) ? SIGN_IN : INSTALL,
  };
}

/** The path of the claude to start, or null where none is new enough. */
export async function chooseClaude(places: ClaudePlaces): Promise<string | null> {
  return (await findClaude(places)).find(isUsable)?.path ?? null;
}

function listProblems({ path, version }: FoundClaude, signedIn: boolean): readonly string[] {
  const problems: string[] = [];
  if (version === null) problems.push(`${path} does not say its version`);
  else if (compareVersions(version, OLDEST_CLAUDE) < 0)
    problems.push(`claude ${version} is older than ${OLDEST_CLAUDE}`);
  else if (compareVersions(version, CLAUDE_VERSION) > 0)
    problems.push(`claude ${version} is newer than ${CLAUDE_VERSION}, with which it was tried`);
  if (!signedIn) problems.push('claude is not signed in');
  return problems;
}
