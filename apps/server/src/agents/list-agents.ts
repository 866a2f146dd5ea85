import type { AgentInfo } from '@thalogos/contracts';
import type { AgentAdapter } from './agent-adapter.ts';

/** Looks at every agent on this machine, in the order of preference; offline. */
export function makeListAgents(adapters: readonly AgentAdapter[], contained: boolean) {
  return (): Promise<readonly AgentInfo[]> =>
    Promise.all(
      adapters.map(async (adapter) => {
        const { installed, version, path, signedIn, healthy, fix } = await adapter.probe();
        const { id: name, title } = adapter;
        return { name, title, installed, version, path, signedIn, contained, healthy, fix };
      }),
    );
}
