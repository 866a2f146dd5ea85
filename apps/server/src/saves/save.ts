import type {
  CheckResult,
  Oid,
  ProjectId,
  SaveId,
  SaveOutcome,
  SaveStage,
  SessionId,
  Settled,
  StageReport,
  TaskId,
} from '@thalogos/contracts';

/** What a person asked for: a Save of everything approved, of some of it, or a restore of `tag`. */
export interface SaveRequest {
  readonly only: readonly TaskId[] | null;
  readonly without: readonly TaskId[] | null;
  /** The checkpoint to bring back; null for a Save. */
  readonly tag: string | null;
}

/** Where `main` stood when this round of merging began. */
export interface Base {
  /** The hub's main, which publishing expects to find unmoved. */
  readonly hub: Oid;
  /** The person's main as it was read; null when their branch is gone. */
  readonly person: Oid | null;
  /** The newest of both, on which the Save builds. */
  readonly commit: Oid;
  /** The person's main, where it went its own way and has to be merged in. */
  readonly diverged: Oid | null;
}

/** One approved result as it was when the Save took it; everything that its merge commit says. */
export interface EnteringTask {
  readonly id: TaskId;
  readonly session: SessionId;
  readonly title: string;
  readonly agent: string;
  readonly agentVersion: string | null;
  readonly model: string | null;
  readonly after: readonly TaskId[];
  readonly result: Oid;
  readonly tree: Oid;
  readonly approvedBy: string;
}

/** What merging made: the commit that would land. */
export interface Candidate {
  readonly commit: Oid;
  readonly tree: Oid;
  /** How many files differ from the base. */
  readonly files: number;
  /** Conflicts that were settled on the way; absent where there was none. */
  readonly settled?: readonly Settled[];
}

/** What the red check said of main with the first `length` tasks of the merge order. */
export interface Probe {
  readonly length: number;
  readonly verdict: 'green' | 'red';
}

/** What the checkpoint's tag will say, fixed before it is made so that making it again gives the same object. */
export interface Seal {
  readonly tag: string;
  readonly sequence: number;
  readonly auditHead: string;
}

/** The part of publishing that is being done. */
export type Publishing =
  | { readonly kind: 'naming' }
  | { readonly kind: 'sealing'; readonly seal: Seal }
  | { readonly kind: 'landing'; readonly seal: Seal; readonly tagObject: Oid }
  | { readonly kind: 'recording'; readonly seal: Seal; readonly tagObject: Oid };

/** Where a Save stands. One that is not `done` holds the project's dispatch. */
export type SaveState =
  | { readonly kind: 'freezing' }
  | { readonly kind: 'snapshotting'; readonly base: Base }
  | { readonly kind: 'merging'; readonly base: Base }
  | { readonly kind: 'checking'; readonly base: Base; readonly candidate: Candidate }
  | {
      readonly kind: 'searching';
      readonly base: Base;
      readonly candidate: Candidate;
      /** The red check whose culprit is looked for. */
      readonly check: string;
      readonly probes: readonly Probe[];
      /** Milliseconds since 1970; the Save ends without a culprit then. */
      readonly deadline: number;
    }
  | {
      readonly kind: 'publishing';
      readonly base: Base;
      readonly candidate: Candidate;
      readonly part: Publishing;
    }
  | { readonly kind: 'delivering'; readonly base: Base; readonly candidate: Candidate; readonly seal: Seal }
  | { readonly kind: 'done'; readonly outcome: SaveOutcome };

/** One Save as its row in the journal holds it. */
export interface SaveRecord {
  readonly id: SaveId;
  readonly project: ProjectId;
  readonly kind: 'save' | 'restore';
  readonly by: string;
  readonly request: SaveRequest;
  /** Milliseconds since 1970; dates every commit and tag of this Save. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The Thalogos that started it, and the audit chain's head then: both are written into commits. */
  readonly version: string;
  readonly auditHead: string;
  readonly state: SaveState;
  /** How often merging began again because `main` had moved. */
  readonly rounds: number;
  readonly entering: readonly EnteringTask[];
  /** Tasks that a restore undoes. */
  readonly undone: readonly TaskId[];
  readonly checks: readonly CheckResult[];
  readonly stages: readonly StageReport[];
  readonly isCancelled: boolean;
  readonly isResumed: boolean;
}

/** What a step achieved. */
export type SaveFact =
  | { readonly type: 'frozen'; readonly base: Base }
  | {
      readonly type: 'snapshotted';
      readonly entering: readonly EnteringTask[];
      readonly undone: readonly TaskId[];
    }
  | { readonly type: 'merged'; readonly candidate: Candidate }
  | { readonly type: 'checked'; readonly checks: readonly CheckResult[] }
  | {
      readonly type: 'reddened';
      readonly checks: readonly CheckResult[];
      readonly check: string;
      readonly deadline: number;
    }
  | { readonly type: 'probed'; readonly probe: Probe }
  | { readonly type: 'named'; readonly seal: Seal }
  | { readonly type: 'sealed'; readonly tagObject: Oid }
  | { readonly type: 'moved'; readonly base: Base }
  | { readonly type: 'landed' }
  | { readonly type: 'recorded' }
  | { readonly type: 'ended'; readonly outcome: SaveOutcome };

/** The name of the step that a Save does next. */
export type StepName = Exclude<SaveState['kind'], 'publishing' | 'done'> | Publishing['kind'];

/** The next step of a Save that is not done. */
export function stepOf(state: Exclude<SaveState, { kind: 'done' }>): StepName {
  return state.kind === 'publishing' ? state.part.kind : state.kind;
}

/** The stage that a person is shown. */
export function stageOf(state: SaveState): SaveStage {
  switch (state.kind) {
    case 'freezing':
      return 'freeze';
    case 'snapshotting':
      return 'snapshot';
    case 'merging':
      return 'merge';
    case 'checking':
    case 'searching':
      return 'check';
    case 'publishing':
      return 'publish';
    case 'delivering':
      return 'deliver';
    case 'done':
      return 'resume';
  }
}

/** The conflicts that a Save has settled so far, under the name that outcomes and views give them. */
export function settledOf(state: SaveState): { settled?: Settled[] } {
  if (state.kind === 'done') return tellSettled(state.outcome.settled);
  return 'candidate' in state ? tellSettled(state.candidate.settled) : {};
}

/** Settled conflicts as outcomes and views tell them: not at all where there are none. */
export function tellSettled(settled: readonly Settled[] = []): { settled?: Settled[] } {
  return settled.length === 0 ? {} : { settled: [...settled] };
}

/** Whether a Save can still be called off: nothing of it may be on `main` yet. */
export function canCancel(record: SaveRecord): boolean {
  const { kind } = record.state;
  return !record.isCancelled && kind !== 'publishing' && kind !== 'delivering' && kind !== 'done';
}

/** Thrown for a step that does not follow from the state: a defect of ours. */
export class ImpossibleStep extends Error {
  constructor(state: SaveState, fact: SaveFact) {
    super(`A Save that is ${state.kind} can't be ${fact.type}`);
    this.name = 'ImpossibleStep';
  }
}

/** The state after a fact; throws `ImpossibleStep` for one that does not follow. */
export function evolve(state: SaveState, fact: SaveFact): SaveState {
  const next = fact.type === 'ended' ? endedFrom(state, fact.outcome) : followingOn(state, fact);
  if (next === null) throw new ImpossibleStep(state, fact);
  return next;
}

function endedFrom(state: SaveState, outcome: SaveOutcome): SaveState | null {
  if (state.kind === 'done') return null;
  // Once publishing has begun the Save lands; once it has landed it can only end as saved.
  const mayEnd =
    outcome.kind === 'saved'
      ? state.kind === 'delivering'
      : state.kind !== 'delivering' && state.kind !== 'publishing';
  return mayEnd ? { kind: 'done', outcome } : null;
}

function followingOn(state: SaveState, fact: Exclude<SaveFact, { type: 'ended' }>): SaveState | null {
  switch (fact.type) {
    case 'frozen':
      return state.kind === 'freezing' ? { kind: 'snapshotting', base: fact.base } : null;
    case 'snapshotted':
      return state.kind === 'snapshotting' ? { kind: 'merging', base: state.base } : null;
    case 'merged':
      return state.kind === 'merging'
        ? { kind: 'checking', base: state.base, candidate: fact.candidate }
        : null;
    case 'checked':
      return state.kind === 'checking' ? { ...state, kind: 'publishing', part: { kind: 'naming' } } : null;
    case 'reddened':
    case 'probed':
      return searchingOn(state, fact);
    case 'recorded':
      return recorded(state);
    case 'moved':
      return state.kind === 'publishing' && state.part.kind !== 'recording'
        ? { kind: 'merging', base: fact.base }
        : null;
    case 'named':
    case 'sealed':
    case 'landed':
      return publishingOn(state, fact);
  }
}

function searchingOn(
  state: SaveState,
  fact: Extract<SaveFact, { type: 'reddened' | 'probed' }>,
): SaveState | null {
  if (fact.type === 'probed')
    return state.kind === 'searching' ? { ...state, probes: [...state.probes, fact.probe] } : null;
  if (state.kind !== 'checking') return null;
  const { check, deadline } = fact;
  return { ...state, kind: 'searching', check, deadline, probes: [] };
}

function publishingOn(
  state: SaveState,
  fact: Extract<SaveFact, { type: 'named' | 'sealed' | 'landed' }>,
): SaveState | null {
  if (state.kind !== 'publishing') return null;
  const part = nextPart(state.part, fact);
  return part === null ? null : { ...state, part };
}

function nextPart(
  part: Publishing,
  fact: Extract<SaveFact, { type: 'named' | 'sealed' | 'landed' }>,
): Publishing | null {
  switch (fact.type) {
    case 'named':
      return part.kind === 'naming' ? { kind: 'sealing', seal: fact.seal } : null;
    case 'sealed':
      return part.kind === 'sealing' ? { kind: 'landing', seal: part.seal, tagObject: fact.tagObject } : null;
    case 'landed':
      return part.kind === 'landing' ? { ...part, kind: 'recording' } : null;
  }
}

function recorded(state: SaveState): SaveState | null {
  if (state.kind !== 'publishing' || state.part.kind !== 'recording') return null;
  const { base, candidate, part } = state;
  return { kind: 'delivering', base, candidate, seal: part.seal };
}

/** The whole record after a fact; `at` in milliseconds since 1970. */
export function advance(record: SaveRecord, fact: SaveFact, at: number): SaveRecord {
  const state = evolve(record.state, fact);
  switch (fact.type) {
    case 'snapshotted':
      return { ...record, state, entering: fact.entering, undone: fact.undone };
    case 'checked':
    case 'reddened':
      return { ...record, state, checks: fact.checks };
    case 'moved':
      return { ...record, state, checks: [], rounds: record.rounds + 1 };
    case 'ended':
      return { ...record, state, checks: fact.outcome.checks, endedAt: at };
    default:
      return { ...record, state };
  }
}
