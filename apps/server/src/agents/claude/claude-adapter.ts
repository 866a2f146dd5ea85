import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Sandbox } from '../../sandbox/contain.ts';
import { type AgentAdapter, AgentFault, type SessionSpec } from '../agent-adapter.ts';
import type { ProgramPlaces } from '../find-program.ts';
import { chooseProgram, probeProgram } from '../probe-program.ts';
import { claudeEnvironment, claudeSignIn, isSignedIn, prepareClaudeHome } from './claude-home.ts';
import { claudeProgram } from './claude-program.ts';
import { openClaudeSession } from './claude-session.ts';

/** What the claude adapter is made of. */
export interface ClaudeAdapterDeps extends ProgramPlaces {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
}

/**
 * Its tools, all at hand. Not its own ways of starting other agents, schedules and worktrees, which here are the
 * orchestrator's part; and not `ToolSearch`, behind which it would hide those of its plan.
 */
const OFFERED = [
  ...['Bash', 'Read', 'Edit', 'Write', 'Glob', 'Grep', 'NotebookEdit', 'WebFetch', 'WebSearch', 'Skill'],
  ...['AskUserQuestion', 'ExitPlanMode', 'TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet', 'TaskStop'],
];

/** Anthropic's Claude Code, driven over standard input and output in lines of JSON. */
export function makeClaudeAdapter(deps: ClaudeAdapterDeps): AgentAdapter {
  return {
    id: 'claude',
    title: 'Claude Code',
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
      sandbox: 'none',
    },
    probe: () => probeProgram(claudeProgram, deps, isSignedIn(deps.host)),
    async open(spec) {
      const program = await chooseProgram(claudeProgram, deps);
      if (program === null) {
        const message = 'No claude that can be used is installed';
        throw new AgentFault({ class: 'other', message, retryable: false });
      }
      const home = join(spec.stateDir, 'claude');
      await prepareClaudeHome(deps.host, home);
      const nativeId = spec.resume ?? randomUUID();
      const child = await deps.sandbox.start({
        command: program.path,
        args: argumentsOf(spec, nativeId, deps.sandbox.contained),
        cwd: spec.cwd,
        stateDir: spec.stateDir,
        environment: { ...claudeEnvironment(deps.host, home), ...spec.env },
        mark: spec.mark,
        credentials: [claudeSignIn(deps.host)],
      });
      return openClaudeSession({ child, spec, nativeId, clock: deps.clock });
    },
  };
}

function argumentsOf(spec: SessionSpec, nativeId: string, contained: boolean): readonly string[] {
  const servers = Object.fromEntries(spec.mcp.map(({ name, ...server }) => [name, server]));
  return [
    ...['-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'],
    ...['--include-partial-messages', '--permission-prompt-tool', 'stdio'],
    ...['--permission-mode', modeOf(spec)],
    ...allowedTools(spec, contained),
    // With `=`, because a list that is open at its end would swallow what follows.
    `--tools=${OFFERED.join(',')}`,
    ...['--strict-mcp-config', '--mcp-config', JSON.stringify({ mcpServers: servers })],
    ...(spec.model === undefined ? [] : ['--model', spec.model]),
    ...(spec.files === undefined ? [] : [`--add-dir=${spec.files}`]),
    ...(spec.resume === undefined ? ['--session-id', nativeId] : ['--resume', nativeId]),
  ];
}

function modeOf({ policy, approvals }: SessionSpec): string {
  if (policy === 'read-only') return 'plan';
  return approvals === 'always' ? 'default' : 'acceptEdits';
}

/** Commands need no leave where the system keeps the agent in its worktree; elsewhere each of them is asked about. */
function allowedTools({ approvals, policy }: SessionSpec, contained: boolean): readonly string[] {
  const mayRun = policy !== 'read-only' && approvals !== 'always' && (contained || approvals === 'never');
  return mayRun ? ['--allowedTools=Bash'] : [];
}
