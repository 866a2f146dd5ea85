/** Which model is meant: a provider by its name and one of its models. */
export type ModelReference = { readonly provider: string; readonly model: string };

/** A call of a tool that a model asks for; its arguments are as the model wrote them, checked by nobody yet. */
export type ToolCall = { readonly id: string; readonly name: string; readonly arguments: unknown };

/** One entry of what a model is shown. */
export type ModelMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string };

/** A tool as a model is told of it; `parameters` is a JSON Schema of an object. */
export type ToolDescription = {
  /** Letters, digits, `_` and `-`, at most 64: what every provider accepts. */
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** What a model is asked. */
export type ModelRequest = {
  /** The host's default where absent. */
  readonly target?: ModelReference;
  readonly messages: readonly ModelMessage[];
  readonly tools?: readonly ToolDescription[];
  /** `json` demands that the answer is one JSON object. */
  readonly format?: 'text' | 'json';
  readonly temperature?: number;
  readonly maxTokens?: number;
  /** Ends the call and closes its connection. */
  readonly signal?: AbortSignal;
  /** Who asks and on whose behalf; it goes to logs, budgets and events, never to the provider. */
  readonly purpose?: {
    readonly agentName?: string;
    readonly sessionId?: string;
    readonly correlationId?: string;
  };
};

/** How many tokens a call took, by the provider's count or, where it gives none, by estimate. */
export type TokenUsage = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly isEstimated: boolean;
};

/** Why a model has stopped. */
export type StopReason = 'stop' | 'length' | 'tool-calls' | 'content-filter';

/** What a call has come to. */
export type ModelEnd = {
  readonly type: 'end';
  readonly reason: StopReason;
  /** Who has answered, which after a fallback is not who was asked. */
  readonly target: ModelReference;
  readonly usage: TokenUsage;
  /** Absent for a model whose prices nobody has given. */
  readonly costUsd?: number;
};

/** One piece of a model's answer; the last one is an `end`, and a tool call comes whole. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  | ModelEnd;

/**
 * Whatever completes a conversation: every call to a language model goes through this one door.
 *
 * It rejects with a `ModelError`, whose category says what may help. Nothing is asked before the first piece is.
 */
export interface LanguageModel {
  stream(request: ModelRequest): AsyncIterable<ModelPart>;
}
