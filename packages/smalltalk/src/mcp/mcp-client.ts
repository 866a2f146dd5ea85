import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { noAuditTrail } from '../audit/no-audit-trail.ts';
import { runTool } from '../tools/run-tool.ts';
import { permissionsFrom } from '../tools/tool-permissions.ts';
import type { AuditTrail } from '../types/audit.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { NotFoundError, ValidationError } from '../types/errors.ts';
import type { Tool, ToolContext, ToolOutcome, ToolPermissions } from '../types/tool.ts';
import { MCP_TIMEOUT_MS, McpError, openMcpClient } from './load-mcp.ts';
import type { McpServerConfig } from './mcp-server-config.ts';
import { type McpResult, toMcpTool, toToolName } from './to-mcp-tool.ts';

/** What an MCP client tells about itself. */
export type McpSignals = {
  server_connected: [string];
  server_disconnected: [string];
  tool_executed: [ToolOutcome];
  resource_read: [{ readonly server: string; readonly uri: string }];
  prompt_retrieved: [{ readonly server: string; readonly name: string }];
};

/** What an MCP client has done. */
export type McpStats = {
  readonly connectedServers: number;
  readonly knownServers: number;
  readonly toolCalls: number;
};

type Server = { readonly config: McpServerConfig; client?: Client; tools?: readonly Tool[] };

/** Who asks for a tool; without a name it is the host itself. */
export type McpCaller = Omit<ToolContext, 'signal' | 'agentName'> & {
  readonly agentName?: string;
  readonly signal?: AbortSignal;
};

/** Talks to MCP servers; no tool of theirs runs before permission was asked and the audit was written. */
export class McpClient extends EventEmitter<McpSignals> {
  readonly #permissions: ToolPermissions;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;
  readonly #servers = new Map<string, Server>();
  readonly #connecting = new Map<string, Promise<Client>>();
  #toolCalls = 0;

  constructor(options: { permissions?: ToolPermissions; audit?: AuditTrail; clock?: Clock } = {}) {
    super();
    const { permissions = permissionsFrom(), audit = noAuditTrail, clock = systemClock } = options;
    this.#permissions = permissions;
    this.#audit = audit;
    this.#clock = clock;
  }

  /** Makes a server known; it is connected when it is first needed. */
  addServer(config: McpServerConfig): void {
    if (!/^[A-Za-z0-9-]{1,24}$/.test(config.name))
      throw new ValidationError(`An MCP server's name is 1 to 24 letters, digits or -, not ${config.name}`, [
        'name',
      ]);
    if (this.#servers.has(config.name))
      throw new ValidationError(`There is an MCP server ${config.name} already`, ['name']);
    this.#servers.set(config.name, { config });
  }

  /** Makes a server known and connects to it. */
  async connect(config: McpServerConfig): Promise<void> {
    this.addServer(config);
    try {
      await this.#client(config.name);
    } catch (error) {
      this.#servers.delete(config.name);
      throw error;
    }
  }

  /** Ends the connection to one server, or to all; what runs as our process ends with it. */
  async disconnect(name?: string): Promise<void> {
    const names = name === undefined ? [...this.#servers.keys()] : [name];
    await Promise.all(names.map(async (each) => this.#server(each).client?.close()));
  }

  async reconnect(name: string): Promise<void> {
    await this.disconnect(name);
    await this.#client(name);
  }

  async reconnectAll(): Promise<void> {
    await Promise.all([...this.#servers.keys()].map((name) => this.reconnect(name)));
  }

  /** Every tool of a server, as agents use them. */
  async toolsOf(name: string): Promise<readonly Tool[]> {
    const server = this.#server(name);
    const client = await this.#client(name);
    server.tools ??= await this.#listTools(server, client);
    return server.tools;
  }

  /** Every tool of every server, or of one. */
  async getAvailableTools(name?: string): Promise<readonly Tool[]> {
    const names = name === undefined ? [...this.#servers.keys()] : [name];
    return (await Promise.all(names.map((each) => this.toolsOf(each)))).flat();
  }

  /** Calls a tool by the name its server gave it, or by the one that agents know. */
  async executeTool(
    server: string,
    tool: string,
    ...[input, caller = {}]: [input: Readonly<Record<string, unknown>>, caller?: McpCaller]
  ): Promise<ToolOutcome> {
    const tools = await this.toolsOf(server);
    const names = [tool, toToolName(server, tool)];
    const found = tools.find(({ name }) => names.includes(name));
    const outcome = await runTool(
      { id: randomUUID(), name: found?.name ?? tool, arguments: input },
      {
        tool: found,
        context: { agentName: 'host', ...caller },
        permissions: this.#permissions,
        audit: this.#audit,
        clock: this.#clock,
      },
    );
    this.emit('tool_executed', outcome);
    return outcome;
  }

  async getAvailableResources(name: string): Promise<readonly { uri: string; name: string }[]> {
    const { resources } = await (await this.#client(name)).listResources(undefined, this.#options(name));
    return resources;
  }

  /** The text of a resource; what is no text is left out. */
  async readResource(server: string, uri: string): Promise<string> {
    const { contents } = await (await this.#client(server)).readResource({ uri }, this.#options(server));
    this.emit('resource_read', { server, uri });
    return contents.flatMap((content) => ('text' in content ? [content.text] : [])).join('\n');
  }

  async getAvailablePrompts(name: string): Promise<readonly { name: string }[]> {
    return (await (await this.#client(name)).listPrompts(undefined, this.#options(name))).prompts;
  }

  /** The messages of a server's prompt, as texts. */
  async getPrompt(
    server: string,
    name: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<readonly { role: string; text: string }[]> {
    const client = await this.#client(server);
    const { messages } = await client.getPrompt({ name, arguments: { ...values } }, this.#options(server));
    this.emit('prompt_retrieved', { server, name });
    return messages.map(({ role, content }) => ({ role, text: content.type === 'text' ? content.text : '' }));
  }

  getConnectedServers(): string[] {
    return [...this.#servers.keys()].filter((name) => this.isServerConnected(name));
  }

  isServerConnected(name: string): boolean {
    return this.#servers.get(name)?.client !== undefined;
  }

  getServerConfig(name: string): McpServerConfig | undefined {
    return this.#servers.get(name)?.config;
  }

  /** Whether a server answers now. */
  async testConnection(name: string): Promise<boolean> {
    try {
      await (await this.#client(name)).ping(this.#options(name));
      return true;
    } catch {
      return false;
    }
  }

  getStats(): McpStats {
    return {
      connectedServers: this.getConnectedServers().length,
      knownServers: this.#servers.size,
      toolCalls: this.#toolCalls,
    };
  }

  #server(name: string): Server {
    const server = this.#servers.get(name);
    if (server === undefined) throw new NotFoundError('MCP server', name);
    return server;
  }

  #options(name: string): { readonly timeout: number } {
    return { timeout: this.#server(name).config.timeoutMs ?? MCP_TIMEOUT_MS };
  }

  /** The connection to a server; one that has ended is made anew, and everyone who waits waits for the same. */
  async #client(name: string): Promise<Client> {
    const server = this.#server(name);
    if (server.client !== undefined) return server.client;
    const connecting = this.#connecting.get(name) ?? this.#open(server);
    this.#connecting.set(name, connecting);
    try {
      return await connecting;
    } finally {
      this.#connecting.delete(name);
    }
  }

  async #open(server: Server): Promise<Client> {
    const { name } = server.config;
    const client = await openMcpClient(server.config);
    client.onclose = () => {
      delete server.client;
      delete server.tools;
      this.emit('server_disconnected', name);
    };
    server.client = client;
    this.emit('server_connected', name);
    return client;
  }

  async #listTools({ config }: Server, client: Client): Promise<readonly Tool[]> {
    const { name, timeoutMs = MCP_TIMEOUT_MS } = config;
    const { tools } = await client.listTools(undefined, this.#options(name));
    const made = tools.map((listed) =>
      toMcpTool({ name, timeoutMs }, listed, (input, context) =>
        this.#call(name, listed.name, { input, context }),
      ),
    );
    if (new Set(made.map((tool) => tool.name)).size < made.length)
      throw new McpError(`The MCP server ${name} has tools whose names cannot be told apart`);
    return made;
  }

  async #call(
    server: string,
    name: string,
    { input, context }: { input: Readonly<Record<string, unknown>>; context: ToolContext },
  ): Promise<McpResult> {
    this.#toolCalls += 1;
    const client = await this.#client(server);
    const options = { ...this.#options(server), signal: context.signal };
    // The SDK's type allows for an old form of result as well, which this protocol version does not have.
    const result: Readonly<Record<string, unknown>> = await client.callTool(
      { name, arguments: input },
      undefined,
      options,
    );
    return {
      content: result['content'],
      structuredContent: result['structuredContent'],
      isError: result['isError'],
    };
  }
}
