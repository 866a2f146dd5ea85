import { join } from 'node:path';
import { readModelSettings } from '@thalogos/smalltalk';
import type { AgentAdapter } from './agents/agent-adapter.ts';
import type { makeListAgents } from './agents/list-agents.ts';
import type { Supervisor } from './agents/run-request.ts';
import type { Ground } from './compose-ground.ts';
import { type Models, makeModels } from './models/models.ts';
import { makeSpendingStore } from './models/spending-store.ts';
import { pickVariables } from './platform/pick-variables.ts';

/** Agents that may be asked as models where there is no key. */
export interface ModelNeeds {
  readonly listAgents: ReturnType<typeof makeListAgents>;
  readonly adapters: readonly AgentAdapter[];
  readonly supervisor: Supervisor;
}

/** Makes the models of what a person said in the environment; nothing of them is loaded before it is used. */
export function composeModels({ input, db }: Pick<Ground, 'input' | 'db'>, needs: ModelNeeds): Models {
  const { config, clock, paths } = input;
  const { named, url, tokensPerDay } = config.models;
  const settings = readModelSettings(config.environment);
  const provider = named?.provider ?? settings.target.provider;
  const own = url === null ? {} : { [provider]: { ...settings.providers[provider], baseURL: url } };
  return makeModels({
    ...{ named, tokensPerDay, clock, ...needs },
    settings: { ...settings, providers: { ...settings.providers, ...own } },
    store: makeSpendingStore(db),
    directory: join(paths.root, 'models'),
    environmentOf: () => pickVariables(config.environment, config.agents.moreKeyNames),
  });
}
