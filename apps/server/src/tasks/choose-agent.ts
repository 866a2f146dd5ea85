/** What is known of an agent when one is to be chosen. */
export interface Candidate {
  readonly name: string;
  readonly healthy: boolean;
  readonly signedIn: boolean;
  /** How many runs it has open. */
  readonly load: number;
}

/** Which agent a task goes to, and why, in words for a person. */
export interface Choice {
  readonly agent: string;
  readonly because: string;
}

/** The order of preference among agents that could all do it. */
const PREFERENCE = ['codex', 'claude', 'gemini'];

/** The agent that needs no model and no account; the last resort, and the only one on a bare machine. */
export const FALLBACK_AGENT = 'scripted';

/** Picks the agent for tasks that name none: one asked for by name, else the best that is ready, else the scripted one. */
export function chooseAgent(candidates: readonly Candidate[], asked: string | null): Choice {
  if (asked !== null) return { agent: asked, because: 'asked for by name' };
  const ready = candidates.filter(
    ({ name, healthy, signedIn }) => name !== FALLBACK_AGENT && healthy && signedIn,
  );
  const best = ready.toSorted((a, b) => rank(a) - rank(b) || a.load - b.load)[0];
  if (best === undefined)
    return { agent: FALLBACK_AGENT, because: 'no other agent is installed and signed in' };
  return { agent: best.name, because: 'installed, signed in and first in preference' };
}

function rank({ name }: Candidate): number {
  const place = PREFERENCE.indexOf(name);
  return place === -1 ? PREFERENCE.length : place;
}
