import type { AgentRecord, DegradedMode, Run } from '@thalogos/contracts';
import type { LogSink } from '@thalogos/smalltalk';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import { evolve as evolveMode, holds, type Mode, type ModeFact, modeView, takeUp } from './degraded.ts';
import { evolve, type HealthFact, isFailing, type RunHealth } from './health.ts';
import type { ModeStore } from './mode-store.ts';
import { add, type Count, NO_RUNS, type Tally } from './tally.ts';
import { type AgentsWatch, watchAgents } from './watch-agents.ts';

/** What watching over agents needs. */
export interface HealthDeps {
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly store: ModeStore;
  readonly log: LogSink;
  readonly isAlive: (pid: number) => boolean;
  /** Told that tasks may start which could not before. */
  readonly onFree: () => void;
}

/** How a run ended, as far as the health of agents goes. */
export interface EndedRun {
  readonly run: Run;
  readonly end: string;
  readonly failure: {
    readonly class: string;
    readonly message: string;
    readonly limit?: 'wall' | 'idle';
  } | null;
  readonly recovery: 'again' | 'hand-over' | 'ask' | 'rest' | null;
}

/** The health of all agents at work. */
export interface AgentsHealth {
  started(run: Run): void;
  opened(run: Run, process: { readonly pid: number; readonly lose: (reason: string) => void }): void;
  /** An event of the run; its last one says that the end of the agent is known. */
  heard(run: Run, event: string): void;
  silent(run: Run, silence: { readonly grade: 'noticed' | 'asked'; readonly since: number }): void;
  /** The silence is over. */
  woke(run: Run): void;
  ended(ended: EndedRun): void;
  /** What keeps a task from starting now; null where it may. */
  heldBy(): { readonly why: string; readonly until: number | null } | null;
  degraded(): DegradedMode | null;
  /** Ends degraded mode because a person says so; false where it was not on. */
  leave(by: string): boolean;
  /** How an agent's runs went since the server was started; undefined before the first. */
  recordOf(agent: string): AgentRecord | undefined;
  records(): ReadonlyMap<string, AgentRecord>;
  /** How many agents at work nobody can say anything good of. */
  failing(): number;
  close(): Promise<void>;
}

interface Watched {
  readonly run: Run;
  health: RunHealth;
  /** Whether it did something that only a working agent does. */
  hasWorked: boolean;
  /** When its end was known, and how long after its last sign of life that was. */
  end: { readonly at: number; readonly afterMs: number | null } | null;
}

const BY = 'orchestrator';
/** Failures by which agents fail together: of themselves, of their vendors, of the machine. */
const TOGETHER: ReadonlySet<string> = new Set(['crash', 'network', 'overloaded', 'auth']);
/** A probe that began to work so long ago and is still there has proved enough. */
const PROOF_MS = 30_000;
const PROVES: ReadonlySet<string> = new Set([
  'text',
  'thought',
  'plan',
  'tool',
  'diff',
  'approval',
  'question',
]);

/** Watches over agents at work: who lives, who fails with others, and how long it took to know and to mend. */
export function makeAgentsHealth(deps: HealthDeps): AgentsHealth {
  return new Health(deps);
}

class Health implements AgentsHealth {
  readonly #deps: HealthDeps;
  readonly #agents: AgentsWatch;
  readonly #open = new Map<string, Watched>();
  readonly #tallies = new Map<string, Tally>();
  /** Tasks whose agent failed and is to be brought back, since when. */
  readonly #failedAt = new Map<string, number>();
  readonly #lastFailure = new Map<string, string>();
  #mode: Mode;

  constructor(deps: HealthDeps) {
    this.#deps = deps;
    const { clock, log, isAlive } = deps;
    this.#mode = takeUp(deps.store.load(), clock.now());
    this.#agents = watchAgents({ clock, log, isAlive, onDegraded: (tasks) => this.#degrade(tasks) });
  }

  started(run: Run): void {
    this.#open.set(run.id, { run, health: { kind: 'starting' }, hasWorked: false, end: null });
    this.#move({ type: 'run-started', task: run.task });
  }

  opened(run: Run, { pid, lose }: { readonly pid: number; readonly lose: (reason: string) => void }): void {
    this.#agents.watch(run.task, {
      pid,
      onGone: (reason) => {
        this.#note(run, { type: 'gone', reason });
        lose(`The process of ${run.agent} is gone: ${reason}`);
      },
    });
  }

  heard(run: Run, event: string): void {
    const watched = this.#open.get(run.id);
    if (watched === undefined) return;
    const now = this.#deps.clock.now();
    if (event === 'turn.end') {
      const lastAlive = this.#agents.lastAlive(run.task);
      watched.end = { at: now, afterMs: lastAlive === null ? null : now - lastAlive };
      return;
    }
    this.#agents.heard(run.task);
    this.#note(run, { type: 'lived' });
    if (PROVES.has(event)) this.#works(watched, now);
  }

  silent(run: Run, { grade, since }: { readonly grade: 'noticed' | 'asked'; readonly since: number }): void {
    if (grade === 'noticed') this.#count(run, { type: 'silent' });
    this.#note(run, { type: 'silent', grade, since });
  }

  woke(run: Run): void {
    this.#note(run, { type: 'lived' });
  }

  ended(ended: EndedRun): void {
    const { run, end, failure } = ended;
    const seen = this.#open.get(run.id)?.end ?? null;
    this.#note(run, { type: 'ended' });
    this.#open.delete(run.id);
    this.#count(run, { type: 'ended', end });
    if (failure?.class === 'crash' && seen !== null && seen.afterMs !== null)
      this.#count(run, { type: 'detected', ms: seen.afterMs });
    this.#expect(ended, seen?.at ?? this.#deps.clock.now());
    this.#judge(run, end, failure);
    this.#agents.forget(run.task);
  }

  heldBy() {
    return holds(this.#mode, this.#deps.clock.now());
  }

  degraded(): DegradedMode | null {
    return modeView(this.#mode);
  }

  leave(by: string): boolean {
    return this.#move({ type: 'left' }, { reason: `${by} ended it`, by });
  }

  recordOf(agent: string): AgentRecord | undefined {
    return this.#tallies.get(agent);
  }

  records(): ReadonlyMap<string, AgentRecord> {
    return this.#tallies;
  }

  failing(): number {
    return [...this.#open.values()].filter(({ health }) => isFailing(health)).length;
  }

  async close(): Promise<void> {
    this.#open.clear();
    await this.#agents.close();
  }

  /** Counts what is done about a failure, and from when on an agent is expected back. */
  #expect({ run, failure, recovery }: EndedRun, at: number): void {
    if (recovery !== null && recovery !== 'rest') this.#count(run, { type: 'recovered-by', kind: recovery });
    const isMended = recovery === 'again' || recovery === 'hand-over';
    // What a vendor asks to wait is no time that it takes to mend something.
    if (isMended && failure?.class !== 'rate-limit') this.#failedAt.set(run.task, at);
    else this.#failedAt.delete(run.task);
  }

  /** First work after a failure is where it was mended; a probe that does not end soon after it has proved enough. */
  #works(watched: Watched, now: number): void {
    const { run } = watched;
    if (!watched.hasWorked) this.#deps.clock.after(PROOF_MS, () => this.#prove(run));
    watched.hasWorked = true;
    const failedAt = this.#failedAt.get(run.task);
    if (failedAt !== undefined) {
      this.#failedAt.delete(run.task);
      this.#count(run, { type: 'at-work-again', ms: now - failedAt });
    }
  }

  /** Who has begun to work and is still there half a minute later works, even if it waits for a person by now. */
  #prove(run: Run): void {
    if (this.#open.has(run.id)) this.#tell(run, 'well');
  }

  #judge(run: Run, end: string, failure: EndedRun['failure']): void {
    if (end === 'completed') return this.#tell(run, 'well');
    if (failure === null || !(TOGETHER.has(failure.class) || failure.limit === 'idle'))
      return this.#tell(run, 'neither');
    this.#lastFailure.set(run.task, failure.class);
    this.#tell(run, 'badly');
    this.#agents.failed(run.task, failure.message);
  }

  #tell(run: Run, how: 'well' | 'badly' | 'neither'): void {
    this.#move({ type: 'run-told', task: run.task, how }, { reason: `${run.agent} works again`, by: BY });
  }

  #degrade(tasks: readonly string[]): void {
    const reason = `${tasks.length} agents failed within 30 seconds: ${this.#sayFailures(tasks)}`;
    const isNew = this.#move({ type: 'agents-failed', reason });
    if (!isNew) return;
    const about = { project: null, session: null, task: null, by: BY };
    const { recorder, store, clock } = this.#deps;
    recorder.transact(() => {
      store.put({ since: clock.now(), reason });
      recorder.record({ ...about, type: 'health.degraded', data: { reason, tasks: [...tasks] } });
    });
  }

  #sayFailures(tasks: readonly string[]): string {
    const classes = tasks.map((task) => this.#lastFailure.get(task) ?? 'unknown');
    return [...new Set(classes)]
      .map((name) => `${classes.filter((other) => other === name).length} by ${name}`)
      .join(', ');
  }

  /** Moves the mode; whoever waited is told. True where it is another mode now. */
  #move(fact: ModeFact, left = { reason: '', by: BY }): boolean {
    const before = this.#mode;
    this.#mode = evolveMode(before, fact, this.#deps.clock.now());
    if (this.#mode === before) return false;
    if (this.#mode.kind === 'normal') this.#leave(left);
    else if (before.kind === 'probing') this.#deps.onFree();
    return true;
  }

  #leave({ reason, by }: { readonly reason: string; readonly by: string }): void {
    const { recorder, store, onFree } = this.#deps;
    this.#agents.leaveDegraded();
    this.#lastFailure.clear();
    recorder.transact(() => {
      store.drop();
      recorder.record({
        ...{ project: null, session: null, task: null, by },
        ...{ type: 'health.restored', data: { reason } },
      });
    });
    onFree();
  }

  #note(run: Run, fact: HealthFact): void {
    const watched = this.#open.get(run.id);
    if (watched !== undefined) watched.health = evolve(watched.health, fact);
  }

  #count({ agent }: Run, count: Count): void {
    this.#tallies.set(agent, add(this.#tallies.get(agent) ?? NO_RUNS, count));
  }
}
