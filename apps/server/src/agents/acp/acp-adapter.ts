import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { ContainedCommand, Sandbox } from '../../sandbox/contain.ts';
import { installationOf } from '../../sandbox/walls.ts';
import { type AgentAdapter, AgentFault, type SessionSpec } from '../agent-adapter.ts';
import type { AcpAgent, Host, Launch } from './acp-agent.ts';
import { prepareAcpHome, signInFiles } from './acp-home.ts';
import { openAcpSession } from './acp-session.ts';
import type { AcpPlaces, FoundProgram } from './find-program.ts';
import { chooseProgram, probeAcp } from './probe-acp.ts';

/** What an ACP adapter is made of, besides its row of the table. */
export interface AcpAdapterDeps extends AcpPlaces {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
}

/** One agent of the table, driven over the Agent Client Protocol on standard input and output. */
export function makeAcpAdapter(agent: AcpAgent, deps: AcpAdapterDeps): AgentAdapter {
  const { id, title, capabilities } = agent;
  return {
    id,
    title,
    capabilities,
    probe: () => probeAcp(agent, deps),
    async open(spec) {
      const program = await chooseProgram(agent, deps);
      if (program === null) {
        const message = `No ${id} that can be used is installed`;
        throw new AgentFault({ class: 'other', message, retryable: false });
      }
      const launch = toLaunch(spec, deps);
      await prepareAcpHome(agent, launch, join(spec.stateDir, 'home'));
      const child = await deps.sandbox.start(toCommand(agent, program, launch));
      return openAcpSession({ child, spec, clock: deps.clock, title });
    },
  };
}

function toLaunch(spec: SessionSpec, { host, sandbox }: AcpAdapterDeps): Launch {
  return {
    spec,
    contained: sandbox.contained,
    variables: { ...host, ...spec.env },
    personal: host['HOME'] ?? '',
  };
}

function toCommand(agent: AcpAgent, { path, isScript }: FoundProgram, launch: Launch): ContainedCommand {
  const { spec, variables, personal } = launch;
  const args = agent.args(launch);
  return {
    // A wrapper that was killed would leave its child behind, so a script is given to Node itself.
    command: isScript ? process.execPath : path,
    args: isScript ? [path, ...args] : args,
    cwd: spec.cwd,
    stateDir: spec.stateDir,
    environment: {
      ...pick(variables, [...agent.addresses, ...agent.signIn.variables]),
      ...agent.environment(launch),
      ...spec.env,
    },
    mark: spec.mark,
    readable: [installationOf(path, personal)],
    credentials: signInFiles(agent, { HOME: personal }),
  };
}

function pick(host: Host, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = host[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
