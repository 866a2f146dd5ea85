import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

// A real MCP server of the SDK's, for the tests: started as a process, spoken to over stdio.
const server = new McpServer({ name: 'test', version: '1.0.0' });

server.registerTool(
  'add',
  { description: 'Adds two numbers', inputSchema: { one: z.number(), other: z.number() } },
  ({ one, other }) => ({ content: [{ type: 'text', text: String(one + other) }] }),
);
server.registerTool('env.of', { description: 'What the process was given', inputSchema: {} }, () => ({
  content: [{ type: 'text', text: process.env['OPENAI_API_KEY'] ?? 'no key' }],
}));
server.registerTool('fail', { description: 'Fails', inputSchema: {} }, () => ({
  isError: true,
  content: [{ type: 'text', text: 'It broke\u001B[31m' }],
}));
server.registerTool('end', { description: 'Ends the process', inputSchema: {} }, () => {
  process.exit(3);
});
server.registerResource('note', 'note://one', {}, (uri) => ({
  contents: [{ uri: uri.href, text: 'A note' }],
}));
server.registerPrompt('greet', { argsSchema: { name: z.string() } }, ({ name }) => ({
  messages: [{ role: 'user', content: { type: 'text', text: `Greet ${name}` } }],
}));

await server.connect(new StdioServerTransport());
