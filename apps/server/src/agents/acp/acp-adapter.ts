import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { ContainedCommand, Sandbox } from '../../sandbox/contain.ts';
import { pickVariables } from '../../platform/pick-variables.ts';
import { installationOf } from '../../sandbox/walls.ts';
import { type AgentAdapter, AgentFault, type SessionSpec } from '../agent-adapter.ts';
import type { FoundProgram, ProgramPlaces } from '../find-program.ts';
import { chooseProgram, probeProgram } from '../probe-program.ts';
import type { AcpAgent, Launch } from './acp-agent.ts';
import { isSignedIn, prepareAcpHome, signInFiles } from './acp-home.ts';
import { openAcpSession } from './acp-session.ts';

/** What an ACP adapter is made of, besides its row of the table. */
export interface AcpAdapterDeps extends ProgramPlaces {
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
    probe: () => probeProgram(agent, deps, isSignedIn(agent, deps.host)),
    async open(spec) {
      const program = await chooseProgram(agent, deps);
      if (program === null) {
        const message = `No ${id} that can be used is installed`;
        throw new AgentFault({ class: 'other', message, retryable: false });
      }
      const launch = toLaunch(spec, deps);
      await prepareAcpHome(agent, launch, join(spec.stateDir, 'home'));
      const child = await deps.sandbox.start(toCommand(agent, program, launch));
      return openAcpSession({ child, spec, clock: deps.clock, title, selfTalk: agent.selfTalk ?? null });
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
      ...pickVariables(variables, [...agent.addresses, ...agent.signIn.variables]),
      ...agent.environment(launch),
      ...spec.env,
    },
    mark: spec.mark,
    readable: [installationOf(path, personal)],
    credentials: signInFiles(agent, { HOME: personal }),
  };
}
