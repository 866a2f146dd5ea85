import type { ModelReference, ModelSettings } from '@thalogos/smalltalk';

/** What is known when a model is to be chosen. */
export interface ModelSources {
  /** The one that the person named; null where they named none. */
  readonly named: ModelReference | null;
  /** Keys and addresses, by provider, and the one asked where none is named. */
  readonly settings: ModelSettings;
  /** Agent CLIs that are healthy and signed in, best first. */
  readonly agents: readonly string[];
}

/** Who is asked when something needs a model, and why; `none` says how to get one. */
export type ModelChoice =
  | { readonly kind: 'api'; readonly target: ModelReference; readonly because: string }
  | { readonly kind: 'agent'; readonly agent: string; readonly because: string }
  | { readonly kind: 'none'; readonly because: string };

/** Agents that answer without touching a file when they are told so. */
const READERS = ['codex', 'claude'];

const HOW =
  'Set THALOGOS_MODEL to provider/model with the key of that provider, or the address of a model of your own; or sign in to Codex or Claude Code.';

/** Chooses the model that plans and answers: a named one, else one whose key is there, else a signed-in agent that only reads. */
export function chooseModel({ named, settings, agents }: ModelSources): ModelChoice {
  if (named !== null) {
    if (isReachable(settings, named))
      return { kind: 'api', target: named, because: 'named in THALOGOS_MODEL' };
    const because = `THALOGOS_MODEL names ${nameOf(named)}, but no key and no address of ${named.provider} is set.`;
    return { kind: 'none', because: `${because} ${HOW}` };
  }
  if (isReachable(settings, settings.target))
    return {
      kind: 'api',
      target: settings.target,
      because: `the key or address of ${settings.target.provider} is set`,
    };
  const agent = READERS.find((reader) => agents.includes(reader));
  if (agent !== undefined) return { kind: 'agent', agent, because: `${agent} is signed in, and only reads` };
  return { kind: 'none', because: `No model is set up. ${HOW}` };
}

/** How people see a model written. */
export function nameOf({ provider, model }: ModelReference): string {
  return `${provider}/${model}`;
}

function isReachable({ providers }: ModelSettings, { provider }: ModelReference): boolean {
  const settings = providers[provider];
  return settings?.apiKey !== undefined || settings?.baseURL !== undefined;
}
