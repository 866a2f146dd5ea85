import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

// An MCP server with two tools: one that the example allows, and one that it doesn't.
const server = new McpServer({ name: 'clock', version: '1.0.0' });
server.registerTool(
  'days_between',
  {
    description: 'Days between two dates (YYYY-MM-DD)',
    inputSchema: { from: z.iso.date(), to: z.iso.date() },
  },
  ({ from, to }) => ({
    content: [{ type: 'text', text: String((Date.parse(to) - Date.parse(from)) / 86_400_000) }],
  }),
);
server.registerTool('set_clock', { description: 'Sets the clock', inputSchema: {} }, () => ({
  content: [{ type: 'text', text: 'done' }],
}));
await server.connect(new StdioServerTransport());
