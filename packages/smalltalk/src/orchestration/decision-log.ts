import type { EventBus } from '../events/event-bus.ts';
import type { EventLog } from '../events/event-log.ts';
import type { RoutingDecision, RoutingSource } from '../types/agent-router.ts';
import { NotFoundError } from '../types/errors.ts';
import { parseValue } from '../types/parse-value.ts';

const DECIDED = 'routing:decided';
const ENDED = 'routing:outcome';
const PAGE = 1000;

/** What was considered on the way to a decision, in this order. */
export type DecisionStep = {
  readonly step: 'manual' | 'rules' | 'address' | 'local' | 'model' | 'learned';
  readonly result: string;
  readonly latencyMs: number;
};

/** What a decision has led to. */
export type DecisionOutcome = {
  readonly success: boolean;
  /** 0 to 1. */
  readonly satisfaction?: number;
  readonly durationMs?: number;
  readonly interruptions?: number;
  readonly error?: string;
};

/** A decision with everything that belongs to it. */
export type DecisionRecord = RoutingDecision & {
  readonly message: string;
  readonly sessionId?: string;
  readonly userId?: string;
  /** The decision that this one is part of: a plan's, for the choice of one of its steps. */
  readonly parentId?: string;
  readonly steps: readonly DecisionStep[];
  readonly outcome?: DecisionOutcome;
};

/** Which decisions are meant; what is absent does not restrict. */
export type DecisionQuery = {
  readonly agentName?: string;
  readonly source?: RoutingSource;
  readonly sessionId?: string;
  readonly userId?: string;
  readonly parentId?: string;
  readonly text?: string;
  /** Milliseconds since 1970, inclusive. */
  readonly since?: number;
  readonly until?: number;
  readonly minConfidence?: number;
  readonly success?: boolean;
  /** The newest so many. */
  readonly limit?: number;
};

/** What a log of decisions is made of. */
export type DecisionLogOptions = {
  /** Where each decision and each outcome is published. */
  readonly bus?: EventBus;
  /** How many decisions are kept in memory (10,000). */
  readonly capacity?: number;
  readonly onFault?: (error: unknown) => void;
};

/** Every decision that was made, with who else was considered, why, and what came of it. */
export class DecisionLog {
  readonly #records = new Map<string, DecisionRecord>();
  readonly #options: DecisionLogOptions;

  constructor(options: DecisionLogOptions = {}) {
    this.#options = options;
  }

  record(decision: DecisionRecord): void {
    this.#keep(decision);
    this.#publish(DECIDED, decision);
  }

  /** @throws NotFoundError for a decision that is not known here. */
  recordOutcome(decisionId: string, outcome: DecisionOutcome): DecisionRecord {
    const decision = this.#records.get(decisionId);
    if (decision === undefined) throw new NotFoundError('Decision', decisionId);
    const ended = { ...decision, outcome };
    this.#records.set(decisionId, ended);
    this.#publish(ENDED, { decisionId, outcome });
    return ended;
  }

  get(decisionId: string): DecisionRecord | undefined {
    return this.#records.get(decisionId);
  }

  /** Oldest first. */
  query({ limit = Infinity, ...wanted }: DecisionQuery = {}): readonly DecisionRecord[] {
    const found = [...this.#records.values()].filter((decision) => matches(decision, wanted));
    return limit === Infinity ? found : found.slice(-limit);
  }

  /** What a query finds, as one JSON array or as lines of comma-separated values. */
  export(format: 'json' | 'csv' | 'txt', query: DecisionQuery = {}): string {
    const found = this.query(query);
    if (format === 'txt') return found.map(({ id }) => this.tree(id)).join('\n');
    return format === 'json' ? JSON.stringify(found, null, 2) : toCsv(found);
  }

  /** A decision with everything that was considered, and the decisions that are part of it, as an indented text. */
  tree(decisionId: string): string {
    const decision = this.#records.get(decisionId);
    if (decision === undefined) throw new NotFoundError('Decision', decisionId);
    const children = this.query({ parentId: decisionId });
    return [...describe(decision), ...children.flatMap(({ id }) => indent(this.tree(id)))].join('\n');
  }

  /** Takes up what an earlier process has decided; gives the number of decisions. */
  async load(log: EventLog): Promise<number> {
    let loaded = 0;
    for (let from = 0; ; ) {
      const events = await log.after(from, { topics: [DECIDED, ENDED] }, PAGE);
      for (const { topic, payload } of events) {
        if (topic === DECIDED) {
          this.#keep(readRecord(payload));
          loaded += 1;
        } else this.#takeOutcome(payload);
      }
      const end = events.at(-1);
      if (end === undefined || events.length < PAGE) return loaded;
      from = end.seq;
    }
  }

  #keep(decision: DecisionRecord): void {
    this.#records.set(decision.id, decision);
    const [oldest] = this.#records.keys();
    if (this.#records.size > (this.#options.capacity ?? 10_000) && oldest !== undefined)
      this.#records.delete(oldest);
  }

  #takeOutcome(payload: unknown): void {
    const { decisionId, outcome } = readOutcome(payload);
    const decision = this.#records.get(decisionId);
    if (decision !== undefined) this.#records.set(decisionId, { ...decision, outcome });
  }

  #publish(topic: string, payload: DecisionRecord | { decisionId: string; outcome: DecisionOutcome }): void {
    const session = 'sessionId' in payload ? { sessionId: payload.sessionId } : {};
    this.#options.bus
      ?.publish(topic, payload, session)
      .catch((error: unknown) => this.#options.onFault?.(error));
  }
}

function matches(decision: DecisionRecord, wanted: DecisionQuery): boolean {
  const { text, since = -Infinity, until = Infinity, minConfidence = 0, success, ...exact } = wanted;
  const tests = [
    decision.timestamp >= since,
    decision.timestamp <= until,
    decision.confidence >= minConfidence,
    text === undefined || decision.message.toLowerCase().includes(text.toLowerCase()),
    success === undefined || decision.outcome?.success === success,
    isLike(decision, exact),
  ];
  return tests.every(Boolean);
}

function isLike(
  { agentName, source, sessionId, userId, parentId }: DecisionRecord,
  exact: Pick<DecisionQuery, 'agentName' | 'source' | 'sessionId' | 'userId' | 'parentId'>,
): boolean {
  const known: Readonly<Record<string, unknown>> = { agentName, source, sessionId, userId, parentId };
  return Object.entries(exact).every(([name, value]) => value === undefined || known[name] === value);
}

const COLUMNS = [
  'id',
  'timestamp',
  'agentName',
  'source',
  'confidence',
  'latencyMs',
  'sessionId',
  'userId',
  'parentId',
  'overridden',
  'message',
  'reasoning',
] as const;

function toCsv(decisions: readonly DecisionRecord[]): string {
  const lines = decisions.map((decision) =>
    [...COLUMNS.map((column) => decision[column] ?? ''), decision.outcome?.success ?? '']
      .map(toCell)
      .join(','),
  );
  return [[...COLUMNS, 'success'].join(','), ...lines].join('\n');
}

/** A cell that begins like a formula would be one in a spreadsheet. */
function toCell(value: string | number | boolean): string {
  const text = String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function describe(decision: DecisionRecord): string[] {
  const { agentName, source, confidence, latencyMs, message, steps, candidates, overridden, outcome } =
    decision;
  return [
    `${agentName} by ${source}, confidence ${confidence.toFixed(2)}, ${latencyMs.toFixed(1)} ms: ${message}`,
    `  because ${decision.reasoning}`,
    ...(overridden === undefined ? [] : [`  instead of ${overridden}`]),
    ...steps.map(({ step, result, latencyMs: ms }) => `  ${step} (${ms.toFixed(1)} ms): ${result}`),
    ...candidates.map(({ agentName: name, score, reasoning = '' }) =>
      `  candidate ${name} ${score.toFixed(2)} ${reasoning}`.trimEnd(),
    ),
    ...(outcome === undefined ? [] : [`  outcome ${outcome.success ? 'success' : 'failure'}`]),
  ];
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `    ${line}`);
}

function readRecord(payload: unknown): DecisionRecord {
  return parseValue<DecisionRecord>(JSON.stringify(payload));
}

function readOutcome(payload: unknown): { decisionId: string; outcome: DecisionOutcome } {
  return parseValue(JSON.stringify(payload));
}
