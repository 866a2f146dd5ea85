import type { z } from 'zod';

/** What a tool may touch: the one who rules over permissions decides by it. */
export type ToolAccess = 'read' | 'write' | 'execute' | 'network';

/** What a tool is told about who uses it. */
export type ToolContext = {
  readonly agentName: string;
  readonly sessionId?: string;
  readonly userId?: string;
  readonly correlationId?: string;
  /** Aborts when the call has taken too long or nobody waits for it any more. */
  readonly signal: AbortSignal;
};

/** Something an agent can do beside talking. */
export interface Tool<Schema extends z.ZodType = z.ZodType> {
  /** Letters, digits, `_` and `-`, at most 64. */
  readonly name: string;
  readonly description: string;
  /** What the arguments must be; a call with others is answered with what is wrong, and nothing runs. */
  readonly parameters: Schema;
  /** What it touches; `execute`, the most that can be asked, where it does not say. */
  readonly access?: readonly ToolAccess[];
  /** Where it comes from: absent for the host's own, `mcp:NAME` for one of a server. */
  readonly source?: string;
  /** Milliseconds; 30,000 unless told otherwise. */
  readonly timeoutMs?: number;
  /** The JSON Schema that a model is shown, where it is not to be made from `parameters`. */
  readonly describe?: Readonly<Record<string, unknown>>;
  run(input: z.output<Schema>, context: ToolContext): unknown;
}

/** What came of a tool call: an expected end, for the model to read. */
export type ToolOutcome = {
  readonly toolName: string;
  readonly callId: string;
} & (
  | { readonly kind: 'completed'; readonly result: string; readonly durationMs: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly durationMs: number }
  | { readonly kind: 'timed-out'; readonly reason: string; readonly durationMs: number }
);

/** Whether a tool may be used now. */
export type ToolRuling = { readonly kind: 'allowed' } | { readonly kind: 'refused'; readonly reason: string };

/** What a permission is asked for. */
export type ToolRequest = {
  readonly agentName: string;
  readonly tool: Pick<Tool, 'name' | 'access' | 'source'>;
  /** Checked against the tool's parameters. */
  readonly input: unknown;
  readonly sessionId?: string;
  readonly userId?: string;
};

/** Rules over tools: asked before every single call. */
export interface ToolPermissions {
  rule(request: ToolRequest): ToolRuling | Promise<ToolRuling>;
}
