import { type AcpAdapterDeps, makeAcpAdapter } from './acp/acp-adapter.ts';
import { acpAgents } from './acp/agents-table.ts';
import type { AgentAdapter } from './agent-adapter.ts';
import { type ClaudeAdapterDeps, makeClaudeAdapter } from './claude/claude-adapter.ts';
import { type CodexAdapterDeps, makeCodexAdapter } from './codex/codex-adapter.ts';
import { type ModelAdapterDeps, makeModelAdapter } from './model/model-adapter.ts';
import { makeScriptedAdapter } from './scripted/scripted-adapter.ts';

/** What the adapters need: the sandbox and clock all share, and where a person said each program is. */
export interface AdaptersDeps extends Omit<CodexAdapterDeps, 'path' | 'settings'> {
  readonly codex?: Partial<Pick<CodexAdapterDeps, 'path' | 'settings'>>;
  readonly claude?: Partial<Pick<ClaudeAdapterDeps, 'path'>>;
  readonly model?: Partial<Pick<ModelAdapterDeps, 'named' | 'url' | 'retryMs'>>;
  /** By the name of an agent of the table. */
  readonly acp?: Readonly<Record<string, Partial<Pick<AcpAdapterDeps, 'path'>>>>;
}

/** Every agent Thalogos can drive, best first; a new one is a line here, and the conformance suite holds it to the port. */
export function makeAdapters({
  codex,
  claude,
  model,
  acp,
  ...shared
}: AdaptersDeps): readonly AgentAdapter[] {
  return [
    makeCodexAdapter({ path: null, ...shared, ...codex }),
    makeClaudeAdapter({ path: null, ...shared, ...claude }),
    ...acpAgents.map((agent) => makeAcpAdapter(agent, { path: null, ...shared, ...acp?.[agent.id] })),
    makeModelAdapter({ named: null, url: null, ...shared, ...model }),
    makeScriptedAdapter(shared),
  ];
}
