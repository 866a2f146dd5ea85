import type { AgentAdapter } from './agent-adapter.ts';
import { type CodexAdapterDeps, makeCodexAdapter } from './codex/codex-adapter.ts';
import { makeScriptedAdapter } from './scripted/scripted-adapter.ts';

/** What the adapters need: the sandbox and clock all share, and where a person said codex is. */
export interface AdaptersDeps extends Omit<CodexAdapterDeps, 'path' | 'settings'> {
  readonly codex?: Partial<Pick<CodexAdapterDeps, 'path' | 'settings'>>;
}

/** Every agent Thalogos can drive, best first; a new one is a line here, and the conformance suite holds it to the port. */
export function makeAdapters({ codex, ...shared }: AdaptersDeps): readonly AgentAdapter[] {
  return [makeCodexAdapter({ path: null, ...shared, ...codex }), makeScriptedAdapter(shared)];
}
