import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pickVariables } from '../platform/pick-variables.ts';
import {
  type Environment,
  NETWORK_VARIABLES,
  type ProcessOptions,
  type RunningProcess,
  startProcess,
} from '../platform/process.ts';

/** What an agent's process is given: nothing of the host but what stands here. */
export interface ContainedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The worktree; also `PWD`, because some agents trust that over their real folder. */
  readonly cwd: string;
  /** The agent's private folder: `home` is its HOME, `tmp` its TMPDIR, and what is in `files` it can only read. */
  readonly stateDir: string;
  /** Variables for this agent alone, credentials given by configuration included. */
  readonly environment: Environment;
  readonly mark: string;
  /** What it must be able to read to start, such as its own program. */
  readonly readable?: readonly string[];
  /** Files of the person's that hold this agent's sign-in; it may renew them in place. */
  readonly credentials?: readonly string[];
}

/** A command of the project file: a setup may use the network, a check may not where that can be held. */
export type ProjectCommand = 'setup' | 'check';

/** The environment of the server, from which a child gets what it is allowed. */
export type Host = Readonly<Record<string, string | undefined>>;

/** Starts an agent's process, held as well as this machine allows. */
export interface Sandbox {
  /** Whether the system, and not good manners, keeps an agent in its worktree. */
  readonly contained: boolean;
  start(command: ContainedCommand): Promise<RunningProcess>;
  /** How commands of a trusted project file are started. */
  command(kind: ProjectCommand): (options: ProcessOptions) => Promise<RunningProcess>;
}

/** Variables of the host that say how to run programs and write text, and nothing about the person. */
const HARMLESS = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'SystemRoot', 'ComSpec', 'PATHEXT'];

/** What an agent is given of the host: how to run programs, and how to reach its vendor. */
const GIVEN = [...HARMLESS, ...NETWORK_VARIABLES];

/** A process group and a mark: it ends whole, but nothing keeps it in its worktree. */
export function makePlainSandbox(host: Host): Sandbox {
  return {
    contained: false,
    async start(command) {
      const folders = ['home', 'tmp'].map((name) => join(command.stateDir, name));
      await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
      const { args, cwd, mark } = command;
      const environment = agentEnvironment(host, command);
      return startProcess({ command: command.command, args, cwd, environment, mark });
    },
    command: () => startProcess,
  };
}

/** What an agent's process finds in its environment: what is harmless of the host, its own variables, and its places. */
export function agentEnvironment(host: Host, { cwd, stateDir, environment }: ContainedCommand): Environment {
  const [home, tmp] = [join(stateDir, 'home'), join(stateDir, 'tmp')];
  const own = { HOME: home, USERPROFILE: home, TMPDIR: tmp, TEMP: tmp, TMP: tmp, PWD: cwd, TERM: 'dumb' };
  // Its own come last: nobody's settings may give an agent the person's home.
  return { ...pickVariables(host, GIVEN), ...environment, ...own };
}
