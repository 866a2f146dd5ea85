/** A tool that a request offers its model; `freeform` ones take plain text instead of JSON. */
export interface OfferedTool {
  readonly name: string;
  readonly freeform: boolean;
  /** The names of its parameters. */
  readonly parameters: ReadonlySet<string>;
  /** The group that it is in, by which a call must name it as well. */
  readonly namespace?: string;
}

/** What any vendor's request says, as far as a script needs it. */
export interface Conversation {
  /** The last thing a person said, empty where nobody did. */
  readonly prompt: string;
  /** Tool results since then: the position in the script. */
  readonly position: number;
  readonly tools: readonly OfferedTool[];
}

/** A call of a tool: JSON arguments, or text for a freeform tool. */
export interface ToolCall {
  readonly tool: string;
  readonly input: unknown;
  readonly freeform: boolean;
  readonly namespace?: string;
}

/** One thing a scripted answer does, in order. */
export type Beat =
  | { readonly kind: 'text' | 'thought'; readonly text: string }
  | { readonly kind: 'call'; readonly call: ToolCall }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'hang' };

/** How a request is answered: by an HTTP error, by nothing, or by a stream. */
export type Reply =
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'drop' }
  | {
      readonly kind: 'stream';
      readonly beats: readonly Beat[];
      readonly usage: { readonly input: number; readonly output: number };
    };
