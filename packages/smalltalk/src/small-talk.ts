import { Agent } from './agents/agent.ts';
import type { AgentOptions } from './agents/agent-settings.ts';
import { loadAgent, loadAgents, type LoadedAgent } from './agents/load-agents.ts';
import { createAgentManifestTemplate } from './agents/manifest-template.ts';
import { composeSmallTalk, type SmallTalkParts } from './compose-small-talk.ts';
import { AgentHost } from './core/agent-host.ts';
import type { GroupConversationManager } from './groups/group-conversation-manager.ts';
import type { AgentHealthMonitor } from './health/agent-health-monitor.ts';
import type { InteractiveOrchestrator } from './orchestration/interactive-orchestrator.ts';
import type { OrchestrationResult } from './orchestration/orchestrator-options.ts';
import type { OrchestrateOptions } from './orchestration/orchestrate-in-session.ts';
import type { ConversationAgent } from './types/agent.ts';
import type { CloseOutcome } from './core/session-manager.ts';
import type { Spending } from './llm/with-budget.ts';
import type { McpClient } from './mcp/mcp-client.ts';
import type { McpServerConfig } from './mcp/mcp-server-config.ts';
import type { SmallTalkOptions } from './small-talk-options.ts';
import { type AgentProblems, validateAgent } from './agents/validate-agent.ts';
import { exportSession } from './core/export-session.ts';
import { type ConnectionTest, testConnection } from './llm/try-connection.ts';
import { ConversationRouter } from './orchestration/conversation-router.ts';
import type { DecisionQuery } from './orchestration/decision-log.ts';
import { copyStorage, type StorageCopy } from './persistence/copy-storage.ts';
import { FileStorageAdapter } from './persistence/file-storage-adapter.ts';
import type { StorageAdapter } from './persistence/storage-adapter.ts';
import type { Plugin } from './types/extension.ts';
import { SessionSerializer } from './types/session-serializer.ts';
import { NotFoundError, ValidationError } from './types/errors.ts';
import { VERSION } from './version.ts';
import type { Tool } from './types/tool.ts';

/**
 * Conversations between people and many agents.
 *
 * `new SmallTalk()`, `addAgent()`, `start()`, and then `chat()`: nothing else is needed. Keys come from the environment;
 * conversations are kept beyond the process only where `history` says so.
 */
export class SmallTalk extends AgentHost {
  static readonly version = VERSION;
  readonly #made: SmallTalkParts;
  readonly #plugins = new Set<string>();

  constructor(options: SmallTalkOptions = {}) {
    const made = composeSmallTalk(options);
    super(made.host);
    this.#made = made;
    made.teamwork.health.on('agent_replaced', ({ agentId, replacement }) => {
      this.#replace(agentId, replacement);
    });
    for (const agent of options.agents ?? []) this.addAgent(agent);
  }

  /** A manifest to begin with. */
  static createAgentManifestTemplate(name: string, format: 'yaml' | 'json' = 'yaml'): string {
    return createAgentManifestTemplate(name, format);
  }

  /** Makes an agent and takes it in. */
  createAgent(options: AgentOptions): Agent {
    const agent = new Agent(options);
    this.addAgent(agent);
    return agent;
  }

  /** Takes in the agent that a manifest describes, with its replay policy. */
  async addAgentFromFile(file: string): Promise<Agent> {
    return this.#addLoaded(await loadAgent(file));
  }

  /** Takes in every agent that a folder's manifests describe; if one of them is wrong, none. */
  async loadAgentsFromDirectory(folder: string, pattern?: RegExp): Promise<Agent[]> {
    const loaded = await loadAgents(folder, pattern === undefined ? {} : { pattern });
    const names = [...this.listAgents(), ...loaded.map(({ agent }) => agent.name)];
    const twice = names.find((name, place) => names.indexOf(name) !== place);
    if (twice !== undefined) throw new ValidationError(`There would be two agents ${twice}`, ['name']);
    return loaded.map((each) => this.#addLoaded(each));
  }

  /** Offers a tool to all agents that name it. */
  addTool(tool: Tool): void {
    if (this.#made.tools.has(tool.name))
      throw new ValidationError(`There is a tool ${tool.name} already`, ['name']);
    this.#made.tools.set(tool.name, tool);
  }

  /** Whether there was one of that name. */
  removeTool(name: string): boolean {
    return this.#made.tools.delete(name);
  }

  listTools(): string[] {
    return [...this.#made.tools.keys()];
  }

  /** Connects to MCP servers, for the agents that name them. */
  async enableMCP(servers: readonly McpServerConfig[]): Promise<void> {
    await Promise.all(servers.map((server) => this.#made.mcp.connect(server)));
  }

  getMCPClient(): McpClient {
    return this.#made.mcp;
  }

  /** What calls of models have taken, of one agent or of all. */
  getSpending(agentName?: string): Spending {
    return this.#made.model.spending(agentName);
  }

  /** Watches the agents, and brings back those that are lost. */
  get health(): AgentHealthMonitor {
    return this.#made.teamwork.health;
  }

  /** Conversations in which several agents take part at once. */
  get groups(): GroupConversationManager {
    return this.#made.teamwork.groups;
  }

  /** Plans for several agents, and what users want who step in. */
  get orchestrator(): InteractiveOrchestrator {
    return this.#made.teamwork.orchestrator;
  }

  /**
   * Says something in a session that may take several agents: it becomes a plan that they carry out.
   *
   * What is said while they work stops, pauses, redirects or hands over their plan, or begins another one.
   */
  orchestrate(message: string, options: OrchestrateOptions): Promise<OrchestrationResult> {
    return this.#made.teamwork.orchestrate(message, options);
  }

  /** A session with all that was said: `json` for `importSession`, `text` for people. */
  async exportSession(sessionId: string, format: 'json' | 'text' = 'json'): Promise<string> {
    const session = await this.restoreSession(sessionId);
    if (session === null) throw new NotFoundError('Session', sessionId);
    return exportSession(session, format);
  }

  /** Takes in a session that was exported, under its own id, and gives that; one that is there already is refused. */
  async importSession(json: string): Promise<string> {
    const session = SessionSerializer.fromJSON(json);
    await this.#made.host.storage.saveSession(session, { expectedVersion: 0 });
    return session.id;
  }

  /** Who was chosen for which message, and why; nothing where the router is not ours. */
  exportLogs(format: 'json' | 'csv' | 'txt' = 'json', query: DecisionQuery = {}): string {
    const { router } = this.#made.host;
    return router instanceof ConversationRouter ? router.decisions.export(format, query) : '';
  }

  /** What keeps an agent from doing what it says; asks no model. */
  validateAgent(name: string): Promise<AgentProblems> {
    const agent = this.getAgent(name);
    if (agent === undefined) return Promise.reject(new NotFoundError('Agent', name));
    return validateAgent(agent, this.#made.host.services);
  }

  /** Asks the model that agents are lent for one word. */
  testConnection(): Promise<ConnectionTest> {
    return testConnection(this.#made.model, this.#made.host.services.target);
  }

  /** Copies all sessions and values into a folder, or any storage that is open; what is there already is kept. */
  async backup(target: string | StorageAdapter): Promise<StorageCopy> {
    await this.sessions.saveChanged();
    return withStorage(target, (storage) => copyStorage(this.#made.host.storage, storage));
  }

  /** Brings back what a backup has and this host lacks. */
  restore(source: string | StorageAdapter): Promise<StorageCopy> {
    return withStorage(source, (storage) => copyStorage(storage, this.#made.host.storage));
  }

  /** Lets something add to this framework; a name can be used once. */
  async plugin({ name, install }: Plugin<SmallTalk>): Promise<this> {
    if (this.#plugins.has(name)) throw new ValidationError(`There is a plugin ${name} already`, ['name']);
    this.#plugins.add(name);
    await install(this);
    return this;
  }

  override addAgent(agent: ConversationAgent): this {
    super.addAgent(agent);
    this.#made.teamwork.join(agent);
    return this;
  }

  override removeAgent(name: string): boolean {
    const was = super.removeAgent(name);
    if (was) this.#made.teamwork.leave(name);
    return was;
  }

  override async start(): Promise<void> {
    await super.start();
    await this.#made.teamwork.start();
  }

  override async stop(): Promise<CloseOutcome> {
    // Begun first: from now on no message is taken.
    const stopping = super.stop();
    await this.#made.teamwork.stop();
    const outcome = await stopping;
    await this.#made.mcp.disconnect();
    return outcome;
  }

  /** The monitor watches the backup already. */
  #replace(agentId: string, replacement: ConversationAgent): void {
    this.removeAgent(agentId);
    super.removeAgent(replacement.name);
    super.addAgent(replacement);
    this.orchestrator.removeAgent(replacement.name);
    this.orchestrator.registerAgent(replacement);
  }

  #addLoaded({ agent, manifest }: LoadedAgent): Agent {
    this.addAgent(agent);
    if (manifest.eventReplay !== undefined) this.events.setReplayPolicy(agent.name, manifest.eventReplay);
    return agent;
  }
}

async function withStorage<T>(
  place: string | StorageAdapter,
  work: (storage: StorageAdapter) => Promise<T>,
): Promise<T> {
  if (typeof place !== 'string') return work(place);
  const storage = new FileStorageAdapter(place);
  await storage.initialize();
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}
