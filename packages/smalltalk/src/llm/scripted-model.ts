import type {
  LanguageModel,
  ModelPart,
  ModelReference,
  ModelRequest,
  ToolCall,
} from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import { estimateTokens } from '../utils/estimate-tokens.ts';

/** What a scripted model says to one request: words, tool calls, or a failure. */
export type ScriptedReply =
  | string
  | { readonly content?: string; readonly toolCalls?: readonly ToolCall[]; readonly target?: ModelReference }
  | ModelError;

/** The replies in order, or what to reply to each request. */
export type Script = readonly ScriptedReply[] | ((request: ModelRequest, turn: number) => ScriptedReply);

const SCRIPTED: ModelReference = { provider: 'scripted', model: 'script' };

/** A model that says what it was told to say: for tests, examples and a first look without a key. */
export class ScriptedModel implements LanguageModel {
  /** Everything that it was asked, oldest first. */
  readonly requests: ModelRequest[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  async *stream(request: ModelRequest): AsyncGenerator<ModelPart> {
    const { signal: _signal, ...asked } = request;
    this.requests.push(structuredClone(asked));
    if (request.signal?.aborted === true) throw new ModelError('aborted', 'The call was called off');
    const reply = this.#replyTo(request);
    if (reply instanceof ModelError) throw reply;
    yield* speak(typeof reply === 'string' ? { content: reply } : reply, request);
  }

  #replyTo(request: ModelRequest): ScriptedReply {
    const turn = this.requests.length;
    if (typeof this.#script === 'function') return this.#script(request, turn);
    const reply = this.#script[turn - 1];
    if (reply !== undefined) return reply;
    return new ModelError('protocol', `The script ends before request ${String(turn)}`);
  }
}

function* speak(
  { content = '', toolCalls = [], target }: Exclude<ScriptedReply, string | ModelError>,
  request: ModelRequest,
): Generator<ModelPart> {
  for (const text of content.match(/\S+\s*|\s+/g) ?? []) yield { type: 'text', text };
  for (const call of toolCalls) yield { type: 'tool-call', call };
  const inputTokens = estimateTokens(request.messages.map((message) => message.content).join('\n'));
  yield {
    type: 'end',
    reason: toolCalls.length > 0 ? 'tool-calls' : 'stop',
    target: target ?? request.target ?? SCRIPTED,
    usage: { inputTokens, outputTokens: estimateTokens(content), isEstimated: true },
  };
}
