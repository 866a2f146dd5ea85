import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Sandbox } from '../../sandbox/contain.ts';
import { type AgentAdapter, AgentFault } from '../agent-adapter.ts';
import type { ProgramPlaces } from '../find-program.ts';
import { chooseProgram, probeProgram } from '../probe-program.ts';
import { codexCredentials, prepareCodexHome, readCodexAccount, signInOf } from './codex-home.ts';
import { codexProgram } from './codex-program.ts';
import { openCodexSession } from './codex-session.ts';

/** A setting of codex, as `-c` takes it. */
export type CodexSetting = string | number | boolean | readonly string[];

/** What the codex adapter is made of. */
export interface CodexAdapterDeps extends ProgramPlaces {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  /** Laid over the person's own settings, such as `{'model_providers.local.base_url': 'http://...'}`. */
  readonly settings?: Readonly<Record<string, CodexSetting>>;
}

/** OpenAI's Codex, driven through `codex app-server` over standard input and output. */
export function makeCodexAdapter(deps: CodexAdapterDeps): AgentAdapter {
  return {
    id: 'codex',
    title: 'Codex',
    capabilities: {
      plan: true,
      thoughts: true,
      diffs: 'item',
      exitCodes: true,
      approvals: true,
      questions: true,
      steer: true,
      resume: true,
      images: true,
      mcp: true,
      usage: 'turn',
      vendorErrors: 'all',
      sandbox: 'own',
    },
    probe: () => probeProgram(codexProgram, deps, isSignedIn(deps)),
    async open(spec) {
      const program = await chooseProgram(codexProgram, deps);
      if (program === null) {
        const message = 'No codex that can be used is installed';
        throw new AgentFault({ class: 'other', message, retryable: false });
      }
      const home = join(spec.stateDir, 'codex');
      await prepareCodexHome(deps.host, home);
      const child = await deps.sandbox.start({
        command: program.path,
        args: ['app-server', ...toArguments(deps.settings ?? {})],
        cwd: spec.cwd,
        stateDir: spec.stateDir,
        environment: { ...(await codexCredentials(deps.host)), CODEX_HOME: home, ...spec.env },
        mark: spec.mark,
        credentials: [signInOf(deps.host)],
      });
      return openCodexSession({ child, spec, clock: deps.clock });
    },
  };
}

/** A provider that settings of ours name needs no sign-in. */
async function isSignedIn({ host, settings }: CodexAdapterDeps): Promise<boolean> {
  return settings?.['model_provider'] !== undefined || (await readCodexAccount(host)).signedIn;
}

/** JSON's strings, numbers, booleans and lists are TOML's as well. */
function toArguments(settings: Readonly<Record<string, CodexSetting>>): readonly string[] {
  return Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${JSON.stringify(value)}`]);
}
