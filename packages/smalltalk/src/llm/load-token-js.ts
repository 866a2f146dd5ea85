import { ModelError } from '../types/model-error.ts';
import type { Route } from './providers.ts';

/** The part of Token.js that is used: one call, which gives a stream of chunks. */
export type TokenJsClient = { create(body: object): Promise<unknown> };

/** Makes a client for one call; the library is loaded only now, for it takes 200 ms and 50 MB. */
export async function makeTokenJsClient(
  route: Route,
  { model, fetch }: { model: string; fetch: typeof globalThis.fetch },
): Promise<TokenJsClient> {
  const { TokenJS } = await load();
  const options = {
    ...(route.apiKey === undefined ? {} : { apiKey: route.apiKey }),
    // These reach the client of OpenAI as they are: retries are ours, and our fetch can be called off.
    ...(route.kind === 'native' ? {} : { baseURL: route.baseURL, fetch, maxRetries: 0 }),
  };
  const client = new TokenJS(options);
  if (route.kind === 'native') learnModel(client, route, model);
  return client.chat.completions;
}

type ModelList = {
  extendedModelExist(provider: string, name: string): boolean;
  extendModelList(provider: string, name: string, like: unknown): unknown;
};

/** Token.js's lists of models are of early 2025; a name that is not on them is added. */
function learnModel(
  list: ModelList,
  { handler, like }: { handler: string; like: string },
  name: string,
): void {
  if (!list.extendedModelExist(handler, name)) list.extendModelList(handler, name, like);
}

async function load() {
  try {
    return await import('token.js');
  } catch (cause) {
    throw new ModelError('not-configured', 'Token.js is not installed. Add it: npm install token.js', {
      cause,
    });
  }
}
