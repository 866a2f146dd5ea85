export { Agent, type AgentSignals } from './agents/agent.ts';
export type { AgentStats } from './agents/agent-counters.ts';
export { AgentFactory, type WritingStyle } from './agents/agent-factory.ts';
export type { AgentOptions, OwnServices } from './agents/agent-settings.ts';
export type { TemplateValues } from './agents/compile-template.ts';
export type {
  AgentUsage,
  OwnUsage,
  ProcessUsage,
  ResourceUsage,
  SessionUsage,
} from './types/resource-usage.ts';
export type { AgentProblems } from './agents/validate-agent.ts';
export type { ConnectionTest } from './llm/try-connection.ts';
export { copyStorage, type StorageCopy } from './persistence/copy-storage.ts';
export type { AskedMessage, Middleware, Plugin } from './types/extension.ts';
export { loadAgent, loadAgents, type LoadedAgent } from './agents/load-agents.ts';
export { createAgentManifestTemplate } from './agents/manifest-template.ts';
export {
  type PromptTemplate,
  PromptTemplateManager,
  type TemplateValidation,
} from './agents/prompt-template-manager.ts';
export { ManifestError, readManifest } from './agents/read-manifest.ts';
export { allAlerts } from './alerts/all-alerts.ts';
export { ConsoleAlertSink } from './alerts/console-alert-sink.ts';
export { EmailAlertSink, type EmailOptions } from './alerts/email-alert-sink.ts';
export { PagerDutyAlertSink, type PagerDutyOptions } from './alerts/pager-duty-alert-sink.ts';
export { readAlertSettings } from './alerts/read-alert-settings.ts';
export { SlackAlertSink } from './alerts/slack-alert-sink.ts';
export { type AuditQuery, EventLogAuditTrail } from './audit/event-log-audit-trail.ts';
export type { TeamworkOptions } from './compose-teamwork.ts';
export { AgentHost } from './core/agent-host.ts';
export type { AgentHostParts } from './core/agent-host-parts.ts';
export { type Conversation, type MessageDraft, openConversation } from './core/conversation.ts';
export type { SmallTalkStats } from './core/host-counters.ts';
export {
  type Environment,
  type PersistenceSettings,
  readPersistenceSettings,
} from './core/read-persistence-settings.ts';
export {
  type CloseOutcome,
  type CreateSessionOptions,
  SessionManager,
} from './core/session-manager.ts';
export {
  performShutdown,
  setupGracefulShutdown,
  type ShutdownOptions,
  type Stoppable,
  type StoppedProcess,
} from './core/shut-down.ts';
export type { SessionManagerOptions } from './core/session-settings.ts';
export type { SessionStorageStats } from './core/session-stats.ts';
export {
  type CreateVersionOptions,
  type StateListener,
  StateVersionManager,
  type StateVersionManagerOptions,
} from './core/state-version-manager.ts';
export type { EventBusStats } from './events/bus-counters.ts';
export type { CursorStore } from './events/cursor-store.ts';
export type { EventHandler, FailedDelivery } from './events/delivery.ts';
export type {
  DeadLetter,
  DeadLetterKey,
  DeadLetterQuery,
  DeadLetterStore,
} from './events/dead-letter-store.ts';
export { EventBus } from './events/event-bus.ts';
export {
  DEFAULT_CRITICAL_TOPICS,
  type EventBusOptions,
  type EventBusSignals,
  type PublishOptions,
  type ReplayOptions,
  type SubscribeOptions,
} from './events/event-bus-options.ts';
export type { RetentionOptions } from './events/event-retention.ts';
export {
  DEFAULT_EVENT_LIMIT,
  type EventFilter,
  type EventLog,
  type LocalEventLog,
  type RawEvent,
} from './events/event-log.ts';
export { EVENT_LOG_SCHEMA, eventLogSchema } from './events/event-log-schema.ts';
export { follow } from './events/follow.ts';
export { MemoryCursorStore } from './events/memory-cursor-store.ts';
export { MemoryDeadLetterStore } from './events/memory-dead-letter-store.ts';
export { MemoryEventLog, type MemoryEventLogOptions } from './events/memory-event-log.ts';
export { RedisCursorStore } from './events/redis-cursor-store.ts';
export { RedisDeadLetterStore } from './events/redis-dead-letter-store.ts';
export { RedisEventLog } from './events/redis-event-log.ts';
export type { ReplayReport } from './events/replay-events.ts';
export { DEFAULT_RETRY_POLICY, type RetryPolicy } from './events/retry-policy.ts';
export { CURSOR_STORE_SCHEMA, SqliteCursorStore } from './events/sqlite-cursor-store.ts';
export { DEAD_LETTER_SCHEMA, SqliteDeadLetterStore } from './events/sqlite-dead-letter-store.ts';
export { SqliteEventLog } from './events/sqlite-event-log.ts';
export { compileTopicPattern, compileTopicPatterns, type TopicMatcher } from './events/topic-pattern.ts';
export { type OpenTelemetry, openTelemetry } from './observability/open-telemetry.ts';
export type { OpenTelemetryOptions } from './observability/open-telemetry-options.ts';
export { PrometheusMetrics, type PrometheusMetricsOptions } from './observability/prometheus-metrics.ts';
export {
  ConversationRouter,
  type ConversationRouterOptions,
} from './orchestration/conversation-router.ts';
export {
  DecisionLog,
  type DecisionLogOptions,
  type DecisionOutcome,
  type DecisionQuery,
  type DecisionRecord,
  type DecisionStep,
} from './orchestration/decision-log.ts';
export type { AdaptiveInsights } from './orchestration/feedback-learner.ts';
export { InteractiveOrchestrator } from './orchestration/interactive-orchestrator.ts';
export type {
  Deliberation,
  InteractiveOrchestratorOptions,
  OrchestrationResult,
  OrchestratorSignals,
  OrchestratorStatistics,
  RoutingMetrics,
} from './orchestration/orchestrator-options.ts';
export type { OrchestrateOptions } from './orchestration/orchestrate-in-session.ts';
export type { ResponseChunk } from './orchestration/plan-execution.ts';
export {
  type Interruption,
  type InterruptionSensitivity,
  readInterruption,
} from './orchestration/read-interruption.ts';
export type { HandoffCondition } from './orchestration/handoff-rules.ts';
export {
  scoreAgents,
  SKILL_WEIGHTS,
  type SkillBreakdown,
  type SkillScore,
} from './orchestration/score-agents.ts';
export type { CliCommand, CliDesk } from './interfaces/cli/cli-commands.ts';
export { CliInterface } from './interfaces/cli/cli-interface.ts';
export type { CliOptions } from './interfaces/cli/cli-options.ts';
export { type Answered, converse, type Said, type Spoken } from './interfaces/converse.ts';
export { describeFailure, type Failure } from './interfaces/describe-failure.ts';
export { readWebSettings, type WebEnvironment } from './interfaces/web/read-web-settings.ts';
export { WebInterface } from './interfaces/web/web-interface.ts';
export type { WebOptions } from './interfaces/web/web-options.ts';
export type { WebUi } from './interfaces/web/web-pages.ts';
export { complete, type ModelReply } from './llm/complete.ts';
export { makeModel, type ModelCare } from './llm/make-model.ts';
export { type ProviderSettings, SUPPORTED_PROVIDERS } from './llm/providers.ts';
export { type ModelSettings, readModelSettings } from './llm/read-model-settings.ts';
export { type Script, ScriptedModel, type ScriptedReply } from './llm/scripted-model.ts';
export { TokenJsModel } from './llm/token-js-model.ts';
export { type BudgetedModel, type ModelBudget, type Spending, withBudget } from './llm/with-budget.ts';
export { type ModelCircuitOptions, withCircuitBreaker } from './llm/with-circuit-breaker.ts';
export { type ModelFallbacks, withFallbacks } from './llm/with-fallbacks.ts';
export { type ModelPrice, type ModelPrices, withPrices } from './llm/with-prices.ts';
export { type ModelRateLimit, withRateLimit } from './llm/with-rate-limit.ts';
export { MODEL_RETRY_POLICY, type ModelRetryOptions, withRetries } from './llm/with-retries.ts';
export { type ModelTimeLimits, withTimeLimit } from './llm/with-time-limit.ts';
export { McpError } from './mcp/load-mcp.ts';
export { type McpCaller, McpClient, type McpSignals, type McpStats } from './mcp/mcp-client.ts';
export type { McpServerConfig } from './mcp/mcp-server-config.ts';
export { type HistoryManagement, makeMemory } from './memory/make-memory.ts';
export type { Embed } from './memory/rank-messages.ts';
export { connectRedis } from './persistence/connect-redis.ts';
export { GroupConversationManager } from './groups/group-conversation-manager.ts';
export type {
  CreateGroupOptions,
  GroupConversationManagerOptions,
  GroupMessage,
  SelectionContext,
  TaskDraft,
} from './groups/group-options.ts';
export { AgentHealthMonitor } from './health/agent-health-monitor.ts';
export type { Degradation, DegradationConfig } from './health/degradation.ts';
export type { AgentHealthMonitorOptions, AgentHealthSignals } from './health/health-options.ts';
export type { AgentStateLimits } from './health/trim-agent-state.ts';
export { FileStorageAdapter } from './persistence/file-storage-adapter.ts';
export { MemoryMessageStore } from './persistence/memory-message-store.ts';
export { InMemoryStorageAdapter } from './persistence/memory-storage-adapter.ts';
export { DEFAULT_MESSAGE_LIMIT, type MessagePage, type MessageStore } from './persistence/message-store.ts';
export { openDatabase } from './persistence/open-database.ts';
export { RedisStorageAdapter } from './persistence/redis-storage-adapter.ts';
export { MESSAGE_STORE_SCHEMA, SqliteMessageStore } from './persistence/sqlite-message-store.ts';
export type {
  Appended,
  SaveOptions,
  SessionListOptions,
  SessionSummary,
  StorageAdapter,
  StorageConfig,
  StorageStats,
} from './persistence/storage-adapter.ts';
export { StorageAdapterFactory, type StorageType } from './persistence/storage-adapter-factory.ts';
export { SmallTalk } from './small-talk.ts';
export type { SmallTalkOptions } from './small-talk-options.ts';
export { defineTool } from './tools/define-tool.ts';
export { permissionsFrom, type ToolRule } from './tools/tool-permissions.ts';
export type {
  AgentCapabilities,
  AgentComplexity,
  AgentReply,
  AgentReplyPart,
  ConversationAgent,
  FlowContext,
  WatchedAgent,
} from './types/agent.ts';
export type {
  AgentConfig,
  AgentManifest,
  AgentPersonality,
  EventReplayRule,
} from './types/agent-manifest.ts';
export type {
  AgentRouter,
  RoutingCandidate,
  RoutingDecision,
  RoutingRequest,
  RoutingSource,
} from './types/agent-router.ts';
export {
  type AgentHealthStatus,
  type AgentVitals,
  HEALTH_TRANSITIONS,
  type HealthChangeEvent,
  type HealthConfig,
  HealthState,
  type MonitoringStats,
  type RecoveryPlan,
  type RecoveryResult,
  type RecoveryStrategy,
} from './types/agent-health.ts';
export type { Alert, AlertSink } from './types/alert-sink.ts';
export type { AgentServices } from './types/agent-services.ts';
export type { AuditAction, AuditDraft, AuditEntry, AuditTrail } from './types/audit.ts';
export { type Clock, systemClock } from './types/clock.ts';
export type {
  ChatOptions,
  ChatPart,
  ChatReply,
  ConversationHost,
  ConversationInterface,
} from './types/conversation-interface.ts';
export {
  ConflictError,
  type GoneReason,
  NotFoundError,
  SessionGoneError,
  SessionLimitError,
  StorageError,
  ValidationError,
} from './types/errors.ts';
export type {
  EventMetadata,
  EventPriority,
  EventReplayPolicy,
  LogEvent,
  NewEvent,
} from './types/event.ts';
export type {
  LanguageModel,
  ModelEnd,
  ModelMessage,
  ModelPart,
  ModelReference,
  ModelRequest,
  StopReason,
  TokenUsage,
  ToolCall,
  ToolDescription,
} from './types/language-model.ts';
export { LatencyHistogram, type LatencySummary } from './types/latency-histogram.ts';
export { jsonLogSink, type LogLevel, type LogRecord, type LogSink } from './types/log-sink.ts';
export { allMetrics, type MetricLabels, type MetricSink } from './types/metric-sink.ts';
export { noTracer, type Span, type SpanAttributes, type Tracer } from './types/tracer.ts';
export type {
  CollaborationPattern,
  ExecutionPlan,
  InterruptionKind,
  PlanAdaptation,
  PlanRouting,
  PlanStatus,
  PlanStep,
} from './types/execution-plan.ts';
export type {
  GroupConversation,
  GroupConversationStats,
  SpeakerSelectionResult,
  SpeakerSelectionStrategy,
  TaskStatus,
  WorkflowState,
  WorkflowTask,
} from './types/group.ts';
export type { Message, MessageRole, StoredMessage } from './types/message.ts';
export {
  MODEL_RECOVERY,
  ModelError,
  type ModelErrorCategory,
  type ModelRecovery,
} from './types/model-error.ts';
export { type EventDraft, newEvent } from './types/new-event.ts';
export {
  type AgentContext,
  type AgentResponse,
  type AgentState,
  type HistoryEntry,
  type MessageTurn,
  type Session,
  SessionState,
} from './types/session.ts';
export { SessionSerializer } from './types/session-serializer.ts';
export { SESSION_TRANSITIONS } from './types/session-transitions.ts';
export type { TrimmedSession } from './types/trim-session.ts';
export type { CheckedPart, Health, Readiness } from './types/service-health.ts';
export type {
  ConflictStrategy,
  StateDiff,
  StateEntityType,
  StateSnapshot,
  StateVersion,
  StateVersionEntry,
} from './types/state-version.ts';
export type { MemoryRequest, MemoryStrategy } from './types/memory.ts';
export { NotRunningError } from './types/not-running-error.ts';
export type { MessageTrace, SmallTalkEvents } from './types/small-talk-events.ts';
export type {
  Tool,
  ToolAccess,
  ToolContext,
  ToolOutcome,
  ToolPermissions,
  ToolRequest,
  ToolRuling,
} from './types/tool.ts';
export {
  CircuitBreaker,
  type CircuitPolicy,
  type CircuitState,
  DEFAULT_CIRCUIT_POLICY,
} from './utils/circuit-breaker.ts';
export { VERSION } from './version.ts';
