import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Environment,
  NETWORK_VARIABLES,
  type RunningProcess,
  startProcess,
} from '../platform/process.ts';

/** What an agent's process is given: nothing of the host but what stands here. */
export interface ContainedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The worktree; also `PWD`, because some agents trust that over their real folder. */
  readonly cwd: string;
  /** The agent's private folder: `home` is its HOME and `tmp` its TMPDIR. */
  readonly stateDir: string;
  /** Variables for this agent alone, credentials given by configuration included. */
  readonly environment: Environment;
  readonly mark: string;
}

/** Starts an agent's process, held as well as this machine allows. */
export interface Sandbox {
  /** Whether the system, and not good manners, keeps an agent in its worktree. */
  readonly contained: boolean;
  start(command: ContainedCommand): Promise<RunningProcess>;
}

/** Variables of the host that say how to run programs and write text, and nothing about the person. */
const HARMLESS = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'SystemRoot', 'ComSpec', 'PATHEXT'];

/** What an agent is given of the host: how to run programs, and how to reach its vendor. */
const GIVEN = [...HARMLESS, ...NETWORK_VARIABLES];

/** A process group and a mark: it ends whole, but nothing keeps it in its worktree. */
export function makePlainSandbox(host: Readonly<Record<string, string | undefined>>): Sandbox {
  return {
    contained: false,
    async start({ command, args, cwd, stateDir, environment, mark }) {
      const [home, tmp] = [join(stateDir, 'home'), join(stateDir, 'tmp')];
      await Promise.all([home, tmp].map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
      const own = { HOME: home, USERPROFILE: home, TMPDIR: tmp, TEMP: tmp, TMP: tmp, PWD: cwd, TERM: 'dumb' };
      return startProcess({
        command,
        args,
        cwd,
        // Its own come last: nobody's settings may give an agent the person's home.
        environment: { ...given(host), ...environment, ...own },
        mark,
      });
    },
  };
}

function given(host: Readonly<Record<string, string | undefined>>): Environment {
  const kept: Record<string, string> = {};
  for (const name of GIVEN) {
    const value = host[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
