/** Why a model could not answer. */
export type ModelErrorCategory =
  | 'aborted'
  | 'authentication'
  | 'budget-exhausted'
  | 'circuit-open'
  | 'content-filtered'
  | 'context-too-long'
  | 'invalid-request'
  | 'network'
  | 'not-configured'
  | 'overloaded'
  | 'protocol'
  | 'rate-limited'
  | 'timeout'
  | 'unknown-model';

/** What may help: ask again, ask another model, ask for less, or ask a person. */
export type ModelRecovery = 'retry' | 'fallback' | 'shorten' | 'person' | 'none';

/** What helps against each kind of failure. */
export const MODEL_RECOVERY: Readonly<Record<ModelErrorCategory, ModelRecovery>> = {
  aborted: 'none',
  authentication: 'person',
  'budget-exhausted': 'person',
  'circuit-open': 'fallback',
  'content-filtered': 'fallback',
  'context-too-long': 'shorten',
  'invalid-request': 'none',
  network: 'retry',
  'not-configured': 'person',
  overloaded: 'retry',
  protocol: 'retry',
  'rate-limited': 'retry',
  timeout: 'retry',
  'unknown-model': 'person',
};

/** A model could not answer; the message says who was asked and never holds a key. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly category: ModelErrorCategory;
  /** HTTP's, where there was one. */
  readonly status: number | undefined;
  /** How long the provider asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(
    category: ModelErrorCategory,
    message: string,
    details: { cause?: unknown; status?: number | undefined; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.category = category;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }

  /** What may help. */
  get recovery(): ModelRecovery {
    return MODEL_RECOVERY[this.category];
  }
}
