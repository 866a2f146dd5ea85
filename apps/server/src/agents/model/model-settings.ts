import { type ModelReference, readModelSettings, SUPPORTED_PROVIDERS } from '@thalogos/smalltalk';
import type { ModelOpening } from './protocol.ts';

/** What a person said about the model: which, and where it is where that is not the provider's own address. */
export interface NamedModel {
  readonly named: ModelReference | null;
  readonly url: string | null;
}

/** A model that can be asked, with the one key that this needs. */
export interface ReachableModel {
  readonly target: ModelReference;
  readonly settings: ModelOpening['settings'];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Finds the way to the named model; the reason, for people, where there is none. */
export function reachModel(
  { named, url }: NamedModel,
  variables: Variables,
  wanted?: string,
): ReachableModel | { readonly missing: string } {
  const target = wanted === undefined ? named : toReference(wanted, named);
  if (target === null) return { missing: 'No model is named' };
  const { providers } = readModelSettings(variables);
  // The address is the named model's; another provider is asked at its own.
  const own = url !== null && target.provider === named?.provider ? { baseURL: url } : {};
  const settings = { ...providers[target.provider], ...own };
  if (settings.apiKey === undefined && settings.baseURL === undefined)
    return { missing: `No key and no address of ${target.provider} is set` };
  return { target, settings: toOpening(settings) };
}

/** A name without a provider is another model of the same one. */
function toReference(name: string, named: ModelReference | null): ModelReference | null {
  const [, provider, model] = /^([\w-]+)\/(.+)$/.exec(name) ?? [];
  if (provider !== undefined && model !== undefined && SUPPORTED_PROVIDERS.includes(provider))
    return { provider, model };
  return named === null ? null : { provider: named.provider, model: name };
}

function toOpening({ apiKey, baseURL, protocol }: ModelOpening['settings']): ModelOpening['settings'] {
  return {
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}
