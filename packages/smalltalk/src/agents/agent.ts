import { EventEmitter } from 'node:events';
import { noAuditTrail } from '../audit/no-audit-trail.ts';
import { makeMemory } from '../memory/make-memory.ts';
import { permissionsFrom } from '../tools/tool-permissions.ts';
import { assertToolName } from '../tools/define-tool.ts';
import type {
  AgentCapabilities,
  AgentReply,
  AgentReplyPart,
  ConversationAgent,
  FlowContext,
} from '../types/agent.ts';
import type { AgentPersonality } from '../types/agent-manifest.ts';
import type { AgentServices } from '../types/agent-services.ts';
import { systemClock } from '../types/clock.ts';
import type { ModelReference } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import type { AgentContext, AgentState } from '../types/session.ts';
import type { Tool, ToolOutcome } from '../types/tool.ts';
import { type AgentOptions, assertAgentOptions, type OwnServices, toCapabilities } from './agent-settings.ts';
import { type AgentStats, AgentCounters } from './agent-counters.ts';
import { answer } from './answer.ts';
import { answerAsJson } from './answer-as-json.ts';
import {
  composeMessage,
  composeSharedContext,
  composeSystemPrompt,
  toTemplateValues,
} from './compose-prompt.ts';
import { presetPersonality } from './preset-personalities.ts';
import { type PromptTemplate, PromptTemplateManager } from './prompt-template-manager.ts';
import { RecentTalk } from './recent-talk.ts';
import { toModelMessages } from './to-model-messages.ts';

/** What an agent tells about itself. */
export type AgentSignals = {
  response_generated: [AgentReply];
  response_failed: [unknown];
  tool_executed: [ToolOutcome];
  tool_error: [ToolOutcome];
  tool_added: [string];
  tool_removed: [string];
  template_added: [string];
  personality_updated: [AgentPersonality | undefined];
  config_updated: [AgentOptions];
  agent_cloned: [Agent];
};

/**
 * An agent that answers with a language model, in a role, with tools.
 *
 * Alone it needs a model of its own and remembers its last ten turns; added to a `SmallTalk` it is lent what it lacks
 * and is shown the conversation by its host.
 */
export class Agent extends EventEmitter<AgentSignals> implements ConversationAgent {
  readonly name: string;
  #options: AgentOptions;
  #lent: OwnServices = {};
  #context: AgentContext = {};
  readonly #own: OwnServices;
  readonly #tools = new Map<string, Tool>();
  readonly #templates = new PromptTemplateManager();
  readonly #recent = new RecentTalk();
  readonly #counters = new AgentCounters();

  constructor(options: AgentOptions, services: OwnServices = {}) {
    super();
    assertAgentOptions(options);
    this.name = options.name;
    this.#options = options;
    this.#own = services;
    for (const tool of options.tools ?? []) if (typeof tool !== 'string') this.#keepTool(tool);
    for (const [name, template] of Object.entries(options.promptTemplates ?? {}))
      this.#templates.addTemplate({ name, template });
  }

  get capabilities(): AgentCapabilities {
    return toCapabilities(this.#options);
  }

  join(services: AgentServices): void {
    this.#lent = services;
  }

  async generateResponse(message: string, context: FlowContext = {}): Promise<AgentReply> {
    for await (const part of this.streamResponse(message, context))
      if (part.type === 'reply') return part.reply;
    throw new ModelError('protocol', `${this.name} ended its answer without a reply`);
  }

  async *streamResponse(message: string, context: FlowContext = {}): AsyncGenerator<AgentReplyPart> {
    try {
      for await (const part of this.#answer(message, context)) {
        if (part.type === 'tool-ended') this.#noteTool(part.outcome);
        if (part.type === 'reply') this.#noteReply(message, part.reply, context);
        yield part;
      }
    } catch (error) {
      this.#counters.failed();
      this.emit('response_failed', error);
      throw error;
    }
  }

  ping(): Promise<boolean> {
    return Promise.resolve(true);
  }

  /** Forgets what it remembers; its host gives back what is to be kept. */
  restart(): Promise<void> {
    this.#context = {};
    this.#recent.restore([]);
    return Promise.resolve();
  }

  captureState(): AgentState {
    const context = this.#context;
    return structuredClone({ config: this.toJSON(), context, messageHistory: this.#recent.all() });
  }

  restoreState({ context, messageHistory }: AgentState): void {
    this.#context = structuredClone(context);
    this.#recent.restore(messageHistory);
  }

  /** What it remembers beside the conversation; it is part of its state. */
  get context(): AgentContext {
    return this.#context;
  }

  addTool(tool: Tool): void {
    this.#keepTool(tool);
    this.emit('tool_added', tool.name);
  }

  /** Whether it had one of that name. */
  removeTool(name: string): boolean {
    const { tools = [] } = this.#options;
    this.#options = { ...this.#options, tools: tools.filter((tool) => tool !== name) };
    const had = this.#tools.delete(name) || tools.includes(name);
    if (had) this.emit('tool_removed', name);
    return had;
  }

  getTool(name: string): Tool | undefined {
    const isNamed = this.#options.tools?.includes(name) === true;
    return this.#tools.get(name) ?? (isNamed ? this.#services().findTool(name) : undefined);
  }

  /** Names of its tools, but for those of MCP servers, which are known only when it is asked something. */
  listTools(): string[] {
    const named = (this.#options.tools ?? []).filter((tool) => typeof tool === 'string');
    return [...new Set([...this.#tools.keys(), ...named])];
  }

  /** Names of the MCP servers whose tools it may use. */
  get mcpServers(): readonly string[] {
    return this.#options.mcpServers ?? [];
  }

  setPromptTemplate(name: string, template: string): void {
    this.#templates.addTemplate({ name, template });
    this.emit('template_added', name);
  }

  getPromptTemplate(name: string): PromptTemplate | undefined {
    return this.#templates.getTemplate(name);
  }

  setPersonality(personality: string | AgentPersonality): void {
    this.#options = { ...this.#options, personality };
    this.emit('personality_updated', this.getPersonality());
  }

  getPersonality(): AgentPersonality | undefined {
    const { personality } = this.#options;
    return typeof personality === 'string' ? presetPersonality(personality) : personality;
  }

  /** Changes everything but its name, its tools and its templates, which have calls of their own. */
  updateConfig(changes: Partial<Omit<AgentOptions, 'name' | 'tools' | 'promptTemplates'>>): void {
    const options = { ...this.#options, ...changes, name: this.name };
    assertAgentOptions(options);
    this.#options = options;
    this.emit('config_updated', options);
  }

  /** Another agent like this one, with a memory of its own. */
  clone(newName: string, overrides: Partial<AgentOptions> = {}): Agent {
    const templates = this.#templates
      .getAllTemplates()
      .map(({ name, template }) => [name, template] as const);
    const tools = [...this.listTools().map((name) => this.#tools.get(name) ?? name)];
    const options = { ...this.#options, tools, promptTemplates: Object.fromEntries(templates) };
    const clone = new Agent({ ...options, ...overrides, name: newName }, this.#own);
    this.emit('agent_cloned', clone);
    return clone;
  }

  getStats(): AgentStats {
    return this.#counters.stats();
  }

  /** Its configuration, as JSON can carry it. */
  toJSON(): Record<string, unknown> & { readonly name: string } {
    const templates = this.#templates.getAllTemplates().map(({ name, template }) => [name, template]);
    return {
      ...this.#options,
      name: this.name,
      tools: this.listTools(),
      promptTemplates: Object.fromEntries(templates),
      capabilities: this.capabilities,
    };
  }

  async *#answer(message: string, context: FlowContext): AsyncGenerator<AgentReplyPart> {
    const services = this.#services();
    const { temperature = 0.7, maxTokens = 2048, maxToolRounds = 8 } = this.#options;
    const target = this.#target(services);
    const answering = {
      agentName: this.name,
      messages: await this.#compose(message, context, services),
      request: { temperature, maxTokens, ...(target === undefined ? {} : { target }) },
      tools: await this.#findTools(services),
      context,
      maxToolRounds,
      services,
    };
    yield* context.schema === undefined ? answer(answering) : answerAsJson(answering, context.schema);
  }

  async #compose(message: string, context: FlowContext, { memory }: AgentServices) {
    const { sessionId = '', conversationId = sessionId, sharedContext, signal } = context;
    const history = context.history ?? this.#recent.of(sessionId);
    const key = JSON.stringify([this.name, conversationId]);
    const recalled = await memory.recall({ history, message, key, signal });
    const values = toTemplateValues(this.#options, message, context);
    const shared = composeSharedContext(sharedContext);
    return [
      { role: 'system' as const, content: composeSystemPrompt(this.#options, this.#templates, values) },
      ...(shared === undefined ? [] : [{ role: 'user' as const, content: shared }]),
      ...toModelMessages(recalled, this.name),
      { role: 'user' as const, content: composeMessage(message, this.#templates, values) },
    ];
  }

  async #findTools({ findTool, toolsOf }: AgentServices): Promise<readonly Tool[]> {
    const own = this.listTools().map((name) => {
      const tool = this.#tools.get(name) ?? findTool(name);
      if (tool === undefined)
        throw new ModelError('not-configured', `${this.name} needs the tool ${name}, which nobody has`);
      return tool;
    });
    const served = await Promise.all((this.#options.mcpServers ?? []).map((server) => toolsOf(server)));
    return [...own, ...served.flat()];
  }

  #target({ target }: AgentServices): ModelReference | undefined {
    const { provider = target?.provider, model = target?.model } = this.#options;
    return provider === undefined || model === undefined ? undefined : { provider, model };
  }

  #services(): AgentServices {
    const { model } = { ...this.#lent, ...this.#own };
    if (model === undefined)
      throw new ModelError(
        'not-configured',
        `${this.name} has no model: add it to a SmallTalk, or give it one`,
      );
    return {
      memory: makeMemory({}, model),
      findTool: () => undefined,
      toolsOf: (server) =>
        Promise.reject(
          new ModelError('not-configured', `Nobody here is connected to the MCP server ${server}`),
        ),
      permissions: permissionsFrom(),
      audit: noAuditTrail,
      clock: systemClock,
      ...this.#lent,
      ...this.#own,
      model,
    };
  }

  #keepTool(tool: Tool): void {
    assertToolName(tool.name);
    this.#tools.set(tool.name, tool);
  }

  #noteTool(outcome: ToolOutcome): void {
    this.#counters.used(outcome);
    this.emit(outcome.kind === 'completed' ? 'tool_executed' : 'tool_error', outcome);
  }

  #noteReply(message: string, reply: AgentReply, { sessionId = '' }: FlowContext): void {
    this.#counters.answered(reply);
    const now = this.#services().clock.now();
    this.#recent.add({ sessionId, message, reply, now });
    this.emit('response_generated', reply);
  }
}
