import { EventLogAuditTrail } from './audit/event-log-audit-trail.ts';
import { Teamwork } from './compose-teamwork.ts';
import type { AgentHostParts } from './core/agent-host-parts.ts';
import type { Vitals } from './core/judge-health.ts';
import { Reporter } from './core/reporter.ts';
import { SessionManager } from './core/session-manager.ts';
import { EventBus } from './events/event-bus.ts';
import type { EventLog } from './events/event-log.ts';
import { MemoryEventLog } from './events/memory-event-log.ts';
import { makeModel } from './llm/make-model.ts';
import { readModelSettings } from './llm/read-model-settings.ts';
import { TokenJsModel } from './llm/token-js-model.ts';
import type { BudgetedModel } from './llm/with-budget.ts';
import { McpClient } from './mcp/mcp-client.ts';
import { makeMemory } from './memory/make-memory.ts';
import { FileStorageAdapter } from './persistence/file-storage-adapter.ts';
import { InMemoryStorageAdapter } from './persistence/memory-storage-adapter.ts';
import { ObservedStorage } from './persistence/observed-storage.ts';
import { PrometheusMetrics } from './observability/prometheus-metrics.ts';
import { ConversationRouter } from './orchestration/conversation-router.ts';
import type { StorageAdapter } from './persistence/storage-adapter.ts';
import type { SmallTalkOptions } from './small-talk-options.ts';
import { assertToolName } from './tools/define-tool.ts';
import { permissionsFrom } from './tools/tool-permissions.ts';
import type { AgentRouter } from './types/agent-router.ts';
import type { AgentServices } from './types/agent-services.ts';
import { systemClock } from './types/clock.ts';
import type { LanguageModel, ModelReference } from './types/language-model.ts';
import { jsonLogSink } from './types/log-sink.ts';
import type { Tool } from './types/tool.ts';
import { noTracer } from './types/tracer.ts';
import { processEnvironment } from './utils/process-environment.ts';

/** Everything that a `SmallTalk` is made of. */
export type SmallTalkParts = {
  readonly host: AgentHostParts;
  readonly model: BudgetedModel;
  readonly mcp: McpClient;
  readonly tools: Map<string, Tool>;
  readonly teamwork: Teamwork;
};

/** What of its events a `SmallTalk` keeps that was given no event bus of its own, in bytes. */
const EVENTS_IN_MEMORY = 32 * 1024 * 1024;

/** Puts a `SmallTalk` together: the one place where its parts meet. */
export function composeSmallTalk(given: SmallTalkOptions): SmallTalkParts {
  const { metrics = new PrometheusMetrics(), tracer = noTracer } = given;
  const options = { ...given, metrics, tracer };
  const { clock = systemClock, log = jsonLogSink(), alerts } = options;
  const reporter = new Reporter({ component: 'SmallTalk', clock, log, metrics, alerts });
  const storage = new ObservedStorage(makeStorage(options), options);
  const eventLog = new MemoryEventLog({ maxBytes: EVENTS_IN_MEMORY });
  const { model, target } = makeLanguageModel(options, reporter);
  const rulings = makeRulings(options, eventLog);
  const mcp = new McpClient({ ...rulings, clock });
  for (const server of options.mcpServers ?? []) mcp.addServer(server);
  const tools = toToolMap(options.tools ?? []);
  const services: AgentServices = {
    model,
    target,
    memory: makeMemory(options.historyManagement ?? {}, model),
    findTool: (name) => tools.get(name),
    toolsOf: (server) => mcp.toolsOf(server),
    ...rulings,
    clock,
    tracer,
  };
  const host = {
    storage,
    sessions: makeSessions(options, storage),
    events: makeEvents(options, eventLog),
    router: makeRouter(options, model),
    services,
    reporter,
    tracer,
    ...toHostSettings(options),
  };
  const teamwork = makeTeamwork(options, host);
  return { model, mcp, tools, teamwork, host: { ...host, ...toVitals(options, teamwork) } };
}

function makeTeamwork(
  options: SmallTalkOptions,
  host: Omit<AgentHostParts, 'onActivity' | 'isAvailable' | 'vitals'>,
): Teamwork {
  return new Teamwork(options, { ...host, maxConcurrentSessions: maxSessionsOf(options) });
}

function maxSessionsOf({ sessions: { maxConcurrentSessions = 100 } = {} }: SmallTalkOptions): number {
  return maxConcurrentSessions;
}

/** What the host sees of its agents is told to the monitor and to whoever asked for it; both may pass an agent over. */
function toVitals(
  options: SmallTalkOptions,
  teamwork: Teamwork,
): Required<Pick<AgentHostParts, 'onActivity' | 'isAvailable' | 'vitals'>> {
  const { onActivity, isAvailable } = options;
  return {
    vitals: () => toVitalSigns(teamwork, maxSessionsOf(options)),
    onActivity: (agentName, activity) => {
      teamwork.observe(agentName, activity);
      onActivity?.(agentName, activity);
    },
    isAvailable: (agentName) => teamwork.health.isAvailable(agentName) && isAvailable?.(agentName) !== false,
  };
}

function toVitalSigns({ health }: Teamwork, maxSessions: number): Vitals {
  // One that is degraded has missed events, and works.
  const { totalAgents, healthyAgents, degradedAgents } = health.getStats();
  const failedAgents = totalAgents - healthyAgents - degradedAgents;
  return { failedAgents, isDegraded: health.getDegradation() !== undefined, maxSessions };
}

/** The local scorer decides; a model is asked beside it only where the host says so, for each question costs money. */
function makeRouter(
  { router, clock, log, metrics, routeWithModel = false }: SmallTalkOptions,
  model: LanguageModel,
): AgentRouter {
  if (router !== undefined) return router;
  return new ConversationRouter({
    ...(routeWithModel && { model }),
    ...(clock && { clock }),
    ...(log && { log }),
    ...(metrics && { metrics }),
  });
}

function makeEvents(
  { events, clock, log, metrics, tracer, alerts }: SmallTalkOptions,
  eventLog: EventLog,
): EventBus {
  if (events !== undefined) return events;
  return new EventBus({
    log: eventLog,
    ...(clock && { clock }),
    ...(log && { logSink: log }),
    ...(tracer && { tracer }),
    ...(metrics && { metrics }),
    ...(alerts && { alerts }),
  });
}

function makeRulings({ permissions, audit, clock }: SmallTalkOptions, log: EventLog) {
  return {
    permissions: permissions ?? permissionsFrom(),
    audit: audit ?? new EventLogAuditTrail({ log, ...(clock && { clock }) }),
  };
}

function toHostSettings({
  agentTimeoutMs = 120_000,
  stopTimeoutMs = 30_000,
  onFailure = 'degrade',
}: SmallTalkOptions) {
  return {
    agentTimeoutMs,
    stopTimeoutMs,
    onFailure,
  };
}

function makeStorage({ history }: SmallTalkOptions): StorageAdapter {
  if (history?.storage !== undefined) return history.storage;
  return history?.location === undefined
    ? new InMemoryStorageAdapter()
    : new FileStorageAdapter(history.location);
}

function makeSessions(options: SmallTalkOptions, storage: StorageAdapter): SessionManager {
  const { sessions = {}, history, clock, log, metrics, alerts } = options;
  return new SessionManager(storage, {
    ...sessions,
    ...(history?.retentionMs === undefined ? {} : { expirationMs: history.retentionMs }),
    ...(clock && { clock }),
    ...(log && { log }),
    ...(metrics && { metrics }),
    ...(alerts && { alerts }),
  });
}

function makeLanguageModel(
  { environment, languageModel, llmProvider, model: name, care = {}, clock, tracer }: SmallTalkOptions,
  reporter: Reporter,
): { readonly model: BudgetedModel; readonly target: ModelReference } {
  const settings = readModelSettings(environment ?? processEnvironment());
  const target = { provider: llmProvider ?? settings.target.provider, model: name ?? settings.target.model };
  const model = makeModel(languageModel ?? new TokenJsModel({ ...settings, target }), {
    ...(clock && { clock }),
    ...(tracer && { tracer }),
    onTrouble: ({ error, next }) => {
      const { category, message } = error;
      reporter.log('WARN', 'A model could not answer and is met', { category, message, next });
    },
    ...care,
  });
  return { model, target };
}

function toToolMap(tools: readonly Tool[]): Map<string, Tool> {
  for (const { name } of tools) assertToolName(name);
  return new Map(tools.map((tool) => [tool.name, tool]));
}
