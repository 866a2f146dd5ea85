import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StorageError } from '../types/errors.ts';
import type { McpServerConfig } from './mcp-server-config.ts';

/** How long an MCP server may take to answer unless its settings say otherwise, in milliseconds. */
export const MCP_TIMEOUT_MS = 30_000;

/** A server that could not be reached, or the SDK that is not there. */
export class McpError extends StorageError {
  override readonly name = 'McpError';
}

/** Connects to an MCP server; the SDK is loaded only now. */
export async function openMcpClient(config: McpServerConfig): Promise<Client> {
  const { Client: McpSdkClient } = await load(() => import('@modelcontextprotocol/sdk/client/index.js'));
  const client = new McpSdkClient({ name: 'smalltalk', version: '0.1.0' });
  const timeout = config.timeoutMs ?? MCP_TIMEOUT_MS;
  try {
    await connect(client, config, timeout);
    return client;
  } catch (cause) {
    await client.close().catch(() => undefined);
    const where = config.type === 'stdio' ? config.command : config.url;
    throw new McpError(`Could not connect to the MCP server ${config.name} (${where})`, cause);
  }
}

async function connect(client: Client, config: McpServerConfig, timeout: number): Promise<void> {
  if (config.type === 'http') {
    const { StreamableHTTPClientTransport } = await load(
      () => import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
    );
    const headers = { ...config.headers };
    const transport = new StreamableHTTPClientTransport(new URL(config.url), { requestInit: { headers } });
    await client.connect(transport, { timeout });
    return;
  }
  const { StdioClientTransport } = await load(() => import('@modelcontextprotocol/sdk/client/stdio.js'));
  const { command, args = [], env, cwd } = config;
  const transport = new StdioClientTransport({
    command,
    args: [...args],
    stderr: 'ignore',
    ...(env === undefined ? {} : { env: { ...env } }),
    ...(cwd === undefined ? {} : { cwd }),
  });
  await client.connect(transport, { timeout });
}

async function load<Module>(loading: () => Promise<Module>): Promise<Module> {
  try {
    return await loading();
  } catch (cause) {
    throw new McpError('The MCP SDK is not installed. Add it: npm install @modelcontextprotocol/sdk', cause);
  }
}
