import { ModelError } from '../types/model-error.ts';

/** How a provider is reached. */
export type ProviderSettings = {
  readonly apiKey?: string;
  /** Another host than the provider's own; it must speak OpenAI's Chat Completions. */
  readonly baseURL?: string;
  /** Whether usage has to be asked for; false for a server that refuses the field. */
  readonly asksUsage?: boolean;
  /** `native`: the provider's own protocol where Token.js speaks it; for Bedrock there is no other. */
  readonly protocol?: 'chat-completions' | 'native';
};

/**
 * How Token.js is used for a provider.
 *
 * In most of its handlers Token.js ignores `baseURL`, an own `fetch` and newer models, and repeats failed calls by
 * itself; its `openai-compatible` handler does none of that. So everything goes through that one to the address where
 * the provider speaks Chat Completions, and through a handler of its own only where that is asked for.
 */
type Provider = {
  readonly keyName: string;
  readonly baseURL?: string;
  readonly asksUsage?: boolean;
  readonly native?: NativeHandler;
};

/** A protocol of its own: `like` is the listed model whose features an unlisted one is taken to have. */
type NativeHandler = { readonly like: string; readonly isStreamed: boolean };

const PROVIDERS: Readonly<Record<string, Provider>> = {
  openai: { keyName: 'OPENAI_API_KEY', baseURL: 'https://api.openai.com/v1' },
  anthropic: {
    keyName: 'ANTHROPIC_API_KEY',
    baseURL: 'https://api.anthropic.com/v1',
    // Token.js repeats the beginning of a streamed block whenever the whole block arrives at once.
    native: { like: 'claude-3-7-sonnet-latest', isStreamed: false },
  },
  gemini: {
    keyName: 'GEMINI_API_KEY',
    baseURL: 'https://generativelanguage.googleapis.com/v1beta/openai',
    native: { like: 'gemini-2.0-flash-001', isStreamed: true },
  },
  cohere: {
    keyName: 'COHERE_API_KEY',
    baseURL: 'https://api.cohere.ai/compatibility/v1',
    native: { like: 'command-r-plus', isStreamed: true },
  },
  mistral: { keyName: 'MISTRAL_API_KEY', baseURL: 'https://api.mistral.ai/v1', asksUsage: false },
  groq: { keyName: 'GROQ_API_KEY', baseURL: 'https://api.groq.com/openai/v1' },
  perplexity: { keyName: 'PERPLEXITY_API_KEY', baseURL: 'https://api.perplexity.ai', asksUsage: false },
  openrouter: { keyName: 'OPENROUTER_API_KEY', baseURL: 'https://openrouter.ai/api/v1' },
  bedrock: {
    keyName: 'AWS_ACCESS_KEY_ID',
    native: { like: 'anthropic.claude-3-5-sonnet-20241022-v2:0', isStreamed: true },
  },
  ai21: { keyName: 'AI21_API_KEY', baseURL: 'https://api.ai21.com/studio/v1', asksUsage: false },
  'openai-compatible': { keyName: 'OPENAI_COMPATIBLE_API_KEY' },
};

/** Every provider that can be named. */
export const SUPPORTED_PROVIDERS: readonly string[] = Object.keys(PROVIDERS);

/** The variable of the environment that holds a provider's key. */
export function keyNameOf(provider: string): string {
  return find(provider).keyName;
}

/** How one call is to be made. */
export type Route =
  | {
      readonly kind: 'chat-completions';
      readonly baseURL: string;
      readonly apiKey: string | undefined;
      readonly asksUsage: boolean;
    }
  | ({ readonly kind: 'native'; readonly handler: string; readonly apiKey: string } & NativeHandler);

/**
 * Finds the way to a provider.
 *
 * @throws ModelError for a provider that nobody knows, or whose key or address is missing.
 */
export function routeTo(provider: string, settings: ProviderSettings = {}): Route {
  const known = find(provider);
  const { apiKey, asksUsage = known.asksUsage ?? true } = settings;
  // A server of one's own, as Ollama, asks for no key; the provider itself always does.
  if (settings.baseURL !== undefined)
    return { kind: 'chat-completions', apiKey, baseURL: settings.baseURL, asksUsage };
  if (apiKey === undefined)
    throw new ModelError(
      'not-configured',
      `Could not ask ${provider}: it has no API key. Set ${known.keyName} in the environment.`,
    );
  if (known.baseURL !== undefined && settings.protocol !== 'native')
    return { kind: 'chat-completions', apiKey, baseURL: known.baseURL, asksUsage };
  if (known.native !== undefined) return { kind: 'native', handler: provider, apiKey, ...known.native };
  throw new ModelError('not-configured', `Could not ask ${provider}: it needs a baseURL`);
}

function find(provider: string): Provider {
  const known = PROVIDERS[provider];
  if (known !== undefined && Object.hasOwn(PROVIDERS, provider)) return known;
  throw new ModelError(
    'not-configured',
    `There is no provider ${provider}; there are ${SUPPORTED_PROVIDERS.join(', ')}`,
  );
}
