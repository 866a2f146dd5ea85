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
import { ValidationError } from './types/errors.ts';
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
