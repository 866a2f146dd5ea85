import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../platform/clock.ts';
import type { Sandbox } from '../../sandbox/contain.ts';
import type { AgentAdapter } from '../agent-adapter.ts';
import { openLineSession } from '../line-session.ts';
import { ownProgram, ownSessionName } from '../own-program.ts';
import { translateScripted } from './translate-scripted.ts';

/** What the scripted agent is made of. */
export interface ScriptedAdapterDeps {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
}

/** Moves with the grammar of the marks, not with the product. */
const VERSION = '1.0.0';

/** The agent that follows the marks written in its task: a real process that needs no model and no account. */
export function makeScriptedAdapter(deps: ScriptedAdapterDeps): AgentAdapter {
  const entry = ownProgram(import.meta.url, './scripted-agent.js');
  return {
    id: 'scripted',
    title: 'Scripted agent',
    capabilities: {
      plan: true,
      thoughts: true,
      diffs: 'item',
      exitCodes: true,
      approvals: false,
      questions: true,
      steer: true,
      resume: true,
      images: false,
      mcp: false,
      usage: 'turn',
      vendorErrors: 'none',
      sandbox: 'none',
    },
    async probe() {
      const found = { installed: true, version: VERSION, path: entry, signedIn: true, healthy: true };
      return { ...found, problems: [], fix: null };
    },
    async open(spec) {
      const nativeId = ownSessionName(spec, { prefix: 'scripted-', agent: 'the scripted agent' });
      const kept = join(spec.stateDir, 'scripted');
      await mkdir(kept, { recursive: true, mode: 0o700 });
      const child = await deps.sandbox.start({
        command: process.execPath,
        args: [entry, kept, nativeId, spec.resume === undefined ? 'new' : 'resume'],
        cwd: spec.cwd,
        stateDir: spec.stateDir,
        environment: spec.env,
        readable: [codeFolder(import.meta.url)],
        mark: spec.mark,
      });
      const title = 'The scripted agent';
      return openLineSession({ child, nativeId, clock: deps.clock, title, translate: translateScripted });
    },
  };
}

/** From source the agent imports from the whole workspace; its bundle stands alone. */
function codeFolder(here: string): string {
  return fileURLToPath(new URL(here.endsWith('.ts') ? '../../../../../' : './', here));
}
