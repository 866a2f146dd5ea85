import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Agent } from '../agents/agent.ts';
import { EventLogAuditTrail } from '../audit/event-log-audit-trail.ts';
import { MemoryEventLog } from '../events/memory-event-log.ts';
import { ScriptedModel } from '../llm/scripted-model.ts';
import { SmallTalk } from '../small-talk.ts';
import { permissionsFrom, type ToolRule } from '../tools/tool-permissions.ts';
import { McpClient } from './mcp-client.ts';
import type { McpServerConfig } from './mcp-server-config.ts';

const file = fileURLToPath(new URL('./test-server.ts', import.meta.url));
const server: McpServerConfig = { name: 'calc', type: 'stdio', command: process.execPath, args: [file] };

const clients: McpClient[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(clients.splice(0).map((client) => client.disconnect()));
});

function make(...rules: ToolRule[]) {
  const audit = new EventLogAuditTrail({ log: new MemoryEventLog() });
  const permissions = permissionsFrom(rules);
  const client = new McpClient({ permissions, audit });
  clients.push(client);
  const audited = async () => {
    const actions: string[] = [];
    for await (const { action, agentName, subject } of audit.entries())
      actions.push(`${agentName} ${action} ${subject}`);
    return actions;
  };
  return { client, audit, permissions, audited };
}

const all: ToolRule = { source: 'mcp:calc', ruling: 'allow' };

describe('the tools of an MCP server', () => {
  it('run in a real server when a rule allows it, and leave a trace', async () => {
    const { client, audited } = make({ source: 'mcp:calc', tool: '*add', ruling: 'allow' });
    await client.connect(server);
    const tools = await client.getAvailableTools('calc');
    expect(tools.map(({ name }) => name)).toEqual([
      'mcp__calc__add',
      'mcp__calc__env_of',
      'mcp__calc__fail',
      'mcp__calc__end',
    ]);
    expect(tools[0]?.describe).toMatchObject({ required: ['one', 'other'] });
    expect(await client.executeTool('calc', 'add', { one: 1, other: 2 })).toMatchObject({
      kind: 'completed',
      toolName: 'mcp__calc__add',
      result: '3',
    });
    expect(await client.executeTool('calc', 'fail', {})).toMatchObject({ kind: 'refused' });
    expect(await audited()).toEqual([
      'host tool.asked mcp__calc__add',
      'host tool.completed mcp__calc__add',
      'host tool.refused mcp__calc__fail',
    ]);
    expect(client.getStats()).toEqual({ connectedServers: 1, knownServers: 1, toolCalls: 1 });
  });

  it('are refused where nobody has said a word: the server never hears of the call', async () => {
    const { client } = make();
    await client.connect(server);
    expect(await client.executeTool('calc', 'add', { one: 1, other: 2 })).toMatchObject({
      kind: 'refused',
      reason: 'No rule allows mcp__calc__add of mcp:calc',
    });
    expect(client.getStats().toolCalls).toBe(0);
  });

  it('are asked permission for by an agent that calls them, each time', async () => {
    const { client, audit, permissions, audited } = make({
      agent: 'Trusted',
      source: 'mcp:*',
      ruling: 'allow',
    });
    client.addServer(server);
    const call = { toolCalls: [{ id: 'c', name: 'mcp__calc__add', arguments: { one: 2, other: 3 } }] };
    const model = new ScriptedModel([call, 'Five', call, 'Never']);
    const services = { model, audit, permissions, toolsOf: (name: string) => client.toolsOf(name) };
    const trusted = new Agent({ name: 'Trusted', mcpServers: ['calc'] }, services);
    const guest = new Agent({ name: 'Guest', mcpServers: ['calc'] }, services);
    expect((await trusted.generateResponse('2 + 3?')).toolOutcomes).toMatchObject([{ result: '5' }]);
    expect((await guest.generateResponse('2 + 3?')).toolOutcomes).toMatchObject([{ kind: 'refused' }]);
    expect(await audited()).toEqual([
      'Trusted tool.asked mcp__calc__add',
      'Trusted tool.completed mcp__calc__add',
      'Guest tool.refused mcp__calc__add',
    ]);
  });

  it('serve every agent of a SmallTalk that names the server, which ends with it', async () => {
    const call = { toolCalls: [{ id: 'c', name: 'mcp__calc__add', arguments: { one: 4, other: 5 } }] };
    const talk = new SmallTalk({
      languageModel: new ScriptedModel([call, 'Nine.']),
      environment: {},
      log: { write: () => undefined },
      mcpServers: [server],
      permissions: permissionsFrom([all]),
    });
    talk.createAgent({ name: 'Counter', mcpServers: ['calc'] });
    await talk.start();
    const reply = await talk.chat('4 + 5?');
    expect([reply.content, reply.toolOutcomes[0]]).toMatchObject([
      'Nine.',
      { kind: 'completed', result: '9' },
    ]);
    expect(talk.getMCPClient().isServerConnected('calc')).toBe(true);
    await talk.stop();
    expect(talk.getMCPClient().isServerConnected('calc')).toBe(false);
  });

  it('tell of wrong arguments and of failures as outcomes', async () => {
    const { client } = make(all);
    await client.connect(server);
    expect(await client.executeTool('calc', 'add', { one: 'x' })).toMatchObject({ kind: 'failed' });
    expect(await client.executeTool('calc', 'fail', {})).toMatchObject({
      kind: 'failed',
      reason: 'It broke',
    });
    expect(await client.executeTool('calc', 'none', {})).toMatchObject({ kind: 'invalid' });
  });

  it('never see our keys', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'secret');
    const { client } = make(all);
    await client.connect(server);
    expect(await client.executeTool('calc', 'env.of', {})).toMatchObject({ result: 'no key' });
  });

  it('are there again after their server has died', async () => {
    const { client } = make(all);
    await client.connect(server);
    const gone: string[] = [];
    client.on('server_disconnected', (name) => gone.push(name));
    expect(await client.executeTool('calc', 'end', {})).toMatchObject({ kind: 'failed' });
    expect([gone, client.isServerConnected('calc')]).toEqual([['calc'], false]);
    expect(await client.executeTool('calc', 'add', { one: 1, other: 1 })).toMatchObject({ result: '2' });
  });
});

describe('an MCP client', () => {
  it('reads resources and prompts', async () => {
    const { client } = make();
    await client.connect(server);
    expect((await client.getAvailableResources('calc')).map(({ uri }) => uri)).toEqual(['note://one']);
    expect(await client.readResource('calc', 'note://one')).toBe('A note');
    expect((await client.getAvailablePrompts('calc')).map(({ name }) => name)).toEqual(['greet']);
    expect(await client.getPrompt('calc', 'greet', { name: 'Ada' })).toEqual([
      { role: 'user', text: 'Greet Ada' },
    ]);
    expect([await client.testConnection('calc'), client.getConnectedServers()]).toEqual([true, ['calc']]);
  });

  it('speaks with a server over HTTP as well, with the headers that it was given', async () => {
    const seen: unknown[] = [];
    const remote = new McpServer({ name: 'remote', version: '1.0.0' });
    remote.registerTool('echo', { description: 'Echoes', inputSchema: { said: z.string() } }, ({ said }) => ({
      content: [{ type: 'text', text: said }],
    }));
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => crypto.randomUUID() });
    await remote.connect(transport);
    const http = createServer((request, response) => {
      seen.push(request.headers['x-test']);
      void transport.handleRequest(request, response);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    const { client } = make({ source: 'mcp:far', ruling: 'allow' });
    const headers = { 'x-test': 'yes' };
    await client.connect({ name: 'far', type: 'http', url: `http://127.0.0.1:${String(port)}/mcp`, headers });
    expect(await client.executeTool('far', 'echo', { said: 'hello' })).toMatchObject({ result: 'hello' });
    expect(new Set(seen)).toEqual(new Set(['yes']));
    await client.disconnect();
    await remote.close();
    http.closeAllConnections();
    http.close();
  });

  it('says which server could not be reached, and forgets it', async () => {
    const { client } = make();
    await expect(client.connect({ name: 'no', type: 'stdio', command: '/nowhere/at-all' })).rejects.toThrow(
      'Could not connect to the MCP server no (/nowhere/at-all)',
    );
    expect(client.getServerConfig('no')).toBeUndefined();
    await expect(client.toolsOf('no')).rejects.toThrow('MCP server no does not exist');
  });

  it('refuses a name that could not begin a tool’s', () => {
    expect(() => make().client.addServer({ ...server, name: 'a:b' })).toThrow('not a:b');
  });
});
