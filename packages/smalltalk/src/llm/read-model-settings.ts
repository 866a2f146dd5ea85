import type { ModelReference } from '../types/language-model.ts';
import { keyNameOf, type ProviderSettings, SUPPORTED_PROVIDERS } from './providers.ts';

/** What the environment says about models. */
export type ModelSettings = {
  /** By the provider's name. */
  readonly providers: Readonly<Record<string, ProviderSettings>>;
  readonly target: ModelReference;
};

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads API keys (`OPENAI_API_KEY` and so on), hosts (`OPENAI_BASE_URL`) and defaults (`SMALLTALK_DEFAULT_PROVIDER`,
 * `SMALLTALK_DEFAULT_MODEL`) from environment variables: the only place that keys come from.
 */
export function readModelSettings(environment: Variables): ModelSettings {
  const providers = SUPPORTED_PROVIDERS.flatMap((provider) => {
    const settings = readProvider(provider, environment);
    return Object.keys(settings).length === 0 ? [] : [[provider, settings] as const];
  });
  return {
    providers: Object.fromEntries(providers),
    target: {
      provider: environment['SMALLTALK_DEFAULT_PROVIDER'] ?? 'openai',
      model: environment['SMALLTALK_DEFAULT_MODEL'] ?? 'gpt-4o-mini',
    },
  };
}

function readProvider(provider: string, environment: Variables): ProviderSettings {
  const keyName = keyNameOf(provider);
  const apiKey = environment[keyName] ?? '';
  const baseURL = environment[`${keyName.replace(/_API_KEY$/, '')}_BASE_URL`] ?? '';
  return {
    ...(apiKey === '' ? {} : { apiKey }),
    ...(baseURL === '' ? {} : toHost(provider, baseURL)),
  };
}

/** What ANTHROPIC_BASE_URL names speaks Anthropic's protocol, and is read by its own client. */
function toHost(provider: string, baseURL: string): ProviderSettings {
  return provider === 'anthropic' ? { protocol: 'native' } : { baseURL };
}
