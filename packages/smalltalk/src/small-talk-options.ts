import type { TeamworkOptions } from './compose-teamwork.ts';
import type { EventBus } from './events/event-bus.ts';
import type { ModelCare } from './llm/make-model.ts';
import type { HistoryManagement } from './memory/make-memory.ts';
import type { McpServerConfig } from './mcp/mcp-server-config.ts';
import type { StorageAdapter } from './persistence/storage-adapter.ts';
import type { AgentHostParts } from './core/agent-host-parts.ts';
import type { SessionManagerOptions } from './core/session-settings.ts';
import type { ConversationAgent } from './types/agent.ts';
import type { AgentRouter } from './types/agent-router.ts';
import type { AlertSink } from './types/alert-sink.ts';
import type { AuditTrail } from './types/audit.ts';
import type { Clock } from './types/clock.ts';
import type { LanguageModel } from './types/language-model.ts';
import type { LogSink } from './types/log-sink.ts';
import type { MetricSink } from './types/metric-sink.ts';
import type { Tool, ToolPermissions } from './types/tool.ts';
import type { Tracer } from './types/tracer.ts';

/** What a `SmallTalk` can be told; everything has a default. */
export type SmallTalkOptions = {
  /** For agents that name none: `SMALLTALK_DEFAULT_PROVIDER`, else `openai`. */
  readonly llmProvider?: string;
  /** For agents that name none: `SMALLTALK_DEFAULT_MODEL`, else `gpt-4o-mini`. */
  readonly model?: string;
  /** Instead of Token.js: a scripted one, or one of your own. */
  readonly languageModel?: LanguageModel;
  /** Retries, limits, fallbacks, prices and the budget of all calls. */
  readonly care?: ModelCare;
  /** Where keys and defaults are read from; the environment of the process unless told otherwise. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What of a conversation a model is shown. */
  readonly historyManagement?: HistoryManagement;
  /**
   * Keeps conversations beyond this process, and for how long: nothing is kept unless this is said.
   *
   * A storage adapter of your own may stand here; with `location` they are kept in a folder of files.
   */
  readonly history?: {
    readonly storage?: StorageAdapter;
    readonly location?: string;
    /** Milliseconds after which a session is deleted: 1 hour to 30 days, 7 days by default. */
    readonly retentionMs?: number;
  };
  readonly sessions?: Omit<SessionManagerOptions, 'clock' | 'log' | 'metrics' | 'alerts' | 'expirationMs'>;
  readonly events?: EventBus;
  /** Who answers is chosen by skills unless another router is given. */
  readonly router?: AgentRouter;
  /** Whether the language model is asked as well who should answer. */
  readonly routeWithModel?: boolean;
  readonly agents?: readonly ConversationAgent[];
  /** For all agents that name them. */
  readonly tools?: readonly Tool[];
  /** For agents that name them in `mcpServers`; connected when first needed. */
  readonly mcpServers?: readonly McpServerConfig[];
  readonly permissions?: ToolPermissions;
  readonly audit?: AuditTrail;
  /** 120,000 milliseconds unless told otherwise. */
  readonly agentTimeoutMs?: number;
  readonly stopTimeoutMs?: number;
  readonly onFailure?: 'degrade' | 'throw';
  readonly clock?: Clock;
  readonly log?: LogSink;
  /** Kept for `/metrics` in Prometheus's format unless told otherwise. */
  readonly metrics?: MetricSink;
  /** Nothing is traced unless told otherwise; see `openTelemetry`. */
  readonly tracer?: Tracer;
  readonly alerts?: AlertSink;
} & TeamworkOptions &
  Pick<AgentHostParts, 'onActivity' | 'isAvailable'>;
