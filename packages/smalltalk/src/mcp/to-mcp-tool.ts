import { z } from 'zod';
import type { Tool, ToolContext } from '../types/tool.ts';

/** A tool as an MCP server lists it. */
export type ListedTool = {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: Readonly<Record<string, unknown>>;
};

/** What came of a call. */
export type McpResult = {
  readonly content?: unknown;
  readonly structuredContent?: unknown;
  readonly isError?: unknown;
};

/** The name under which agents know a server's tool: one that every provider accepts. */
export function toToolName(server: string, tool: string): string {
  return `mcp__${server}__${tool}`.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
}

/**
 * A tool of an MCP server as a tool like every other, so that it is permitted, audited and bounded like every other.
 *
 * What a server says about its own harmlessness is not believed.
 */
export function toMcpTool(
  server: { readonly name: string; readonly timeoutMs: number },
  { name, description = '', inputSchema }: ListedTool,
  call: (input: Readonly<Record<string, unknown>>, context: ToolContext) => Promise<McpResult>,
): Tool {
  return {
    name: toToolName(server.name, name),
    description,
    parameters: z.record(z.string(), z.unknown()),
    describe: inputSchema,
    access: ['execute', 'network'],
    source: `mcp:${server.name}`,
    timeoutMs: server.timeoutMs,
    run: async (input, context) => {
      const result = await call(z.record(z.string(), z.unknown()).parse(input), context);
      const text = toText(result);
      if (result.isError === true) throw new Error(text);
      return text;
    },
  };
}

const Item = z.looseObject({ type: z.string(), text: z.string().optional() });

function toText({ content, structuredContent }: McpResult): string {
  const items = z.array(Item).safeParse(content).data ?? [];
  const lines = items.map(({ type, text }) => text ?? `[${type}, which is not shown]`);
  if (lines.length > 0) return lines.join('\n');
  return structuredContent === undefined ? 'Done.' : JSON.stringify(structuredContent);
}
