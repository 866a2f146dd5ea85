import type { AgentInfo } from '@thalogos/contracts';
import { minimumOf } from './advisories.ts';
import type { AgentAdapter, AgentCapabilities } from './agent-adapter.ts';

/** What is known of an agent besides what is on this machine. */
type Standing = Pick<AgentInfo, 'isOn' | 'account' | 'limit' | 'load' | 'history' | 'cost' | 'profile'>;

/** What listing agents needs. */
export interface ListAgentsDeps {
  readonly adapters: readonly AgentAdapter[];
  /** Whether the system keeps agents in their worktrees. */
  readonly contained: boolean;
  readonly standing: (agent: string) => Standing;
}

/** Looks at every agent on this machine, in the order of preference; offline. */
export function makeListAgents({ adapters, contained, standing }: ListAgentsDeps) {
  return (): Promise<readonly AgentInfo[]> =>
    Promise.all(
      adapters.map(async ({ id: name, title, capabilities, probe }) => {
        const { installed, version, path, signedIn, healthy, problems, fix } = await probe();
        return {
          ...{ name, title, installed, version, path, signedIn, contained, healthy, fix },
          ...{ problems: [...problems], minimum: minimumOf(name), permission: permissionOf(contained) },
          ...{ lacks: lacksOf(capabilities), ...standing(name) },
        };
      }),
    );
}

/** What every run is started with: the person decides over everything else. */
function permissionOf(contained: boolean): string {
  return contained
    ? 'supervised: works in its worktree, asks before anything else'
    : 'supervised: asks before commands, where it can ask';
}

const LACKS: readonly (readonly [(has: AgentCapabilities) => boolean, string])[] = [
  [({ approvals }) => !approvals, 'never asks for leave'],
  [({ steer }) => !steer, 'can’t be told more in the middle of a turn'],
  [({ resume }) => !resume, 'can’t take up an earlier session'],
  [({ plan }) => !plan, 'shows no plan'],
  [({ images }) => !images, 'takes no pictures'],
  [({ mcp }) => !mcp, 'takes no MCP tools'],
  [({ exitCodes }) => !exitCodes, 'does not say with which code a command ended'],
  [({ usage }) => usage === 'none', 'does not say what it used'],
  [({ usage }) => usage === 'partial', 'says only in part what it used'],
];

function lacksOf(capabilities: AgentCapabilities): string[] {
  return LACKS.flatMap(([isLacking, words]) => (isLacking(capabilities) ? [words] : []));
}
