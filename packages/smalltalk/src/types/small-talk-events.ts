import type { RoutingDecision } from './agent-router.ts';
import type { ToolOutcome } from './tool.ts';

/** What every event about a message carries, so that all it has set off can be found. */
export type MessageTrace = {
  readonly sessionId: string;
  readonly userId?: string;
  readonly correlationId: string;
};

/** The events of the framework: topic and payload. `agent_handoff` and `orchestration_decision` are critical. */
export type SmallTalkEvents = {
  framework_started: { readonly agents: readonly string[]; readonly interfaces: readonly string[] };
  framework_stopped: { readonly unsavedSessions: readonly string[] };
  agent_added: { readonly agentName: string };
  agent_removed: { readonly agentName: string };
  interface_added: { readonly name: string };
  session_created: { readonly sessionId: string; readonly userId?: string };
  session_deleted: { readonly sessionId: string };
  'message:received': MessageTrace & { readonly messageId: string; readonly content: string };
  /** Something in a message tries to pass for an instruction; it was answered all the same. */
  'message:suspicious': MessageTrace & { readonly messageId: string; readonly findings: readonly string[] };
  orchestration_decision: MessageTrace & { readonly decision: RoutingDecision };
  agent_handoff: MessageTrace & {
    readonly fromAgent: string;
    readonly toAgent: string;
    readonly reason: string;
    readonly confidence: number;
  };
  agent_forced_switch: { readonly sessionId: string; readonly agentName: string | null };
  'tool:called': MessageTrace & {
    readonly agentName: string;
    readonly toolName: string;
    readonly callId: string;
  };
  'tool:completed': MessageTrace & { readonly agentName: string; readonly outcome: ToolOutcome };
  'tool:error': MessageTrace & { readonly agentName: string; readonly outcome: ToolOutcome };
  'agent:error': MessageTrace & {
    readonly agentName: string;
    readonly error: string;
    readonly category: string;
  };
  agent_response: MessageTrace & { readonly agentName: string; readonly messageId: string };
  message_processed: MessageTrace & {
    readonly userMessage: string;
    readonly assistantMessage: string;
    readonly agentName: string;
    readonly orchestrated: boolean;
    readonly degraded?: string;
  };
};
