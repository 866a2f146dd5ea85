import type { AuditTrail } from './audit.ts';
import type { Clock } from './clock.ts';
import type { LanguageModel, ModelReference } from './language-model.ts';
import type { MemoryStrategy } from './memory.ts';
import type { Tool, ToolPermissions } from './tool.ts';
import type { Tracer } from './tracer.ts';

/** What a host lends to its agents. */
export type AgentServices = {
  readonly model: LanguageModel;
  /** For agents that name no model of their own. */
  readonly target?: ModelReference;
  readonly memory: MemoryStrategy;
  /** The host's tool of that name. */
  readonly findTool: (name: string) => Tool | undefined;
  /** The tools of an MCP server of the host's. */
  readonly toolsOf: (server: string) => Promise<readonly Tool[]>;
  readonly permissions: ToolPermissions;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  /** Traces what tools do. */
  readonly tracer?: Tracer;
};
