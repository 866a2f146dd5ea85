import type { SaveOutcome, Task, Verification } from '@thalogos/contracts';
import { findLoss, findViolations, type Violation, withDatabase } from './invariants.ts';
import { killEverything, killOne } from './processes.ts';
import type { Instant, Kill, Mode } from './plan.ts';
import { currentSave, launch, type Life, type Line, outcomeOf, pause, reach, terminate } from './server.ts';
import type { Slot } from './slot.ts';

/** What one run came to. */
export interface Verdict {
  readonly kill: Kill;
  readonly violations: readonly Violation[];
}

/** How a run differs from the proof itself. */
export interface Variation {
  /** Erases the journal before the recovery: the control, which must be seen to break promises. */
  readonly withoutJournal: boolean;
}

/** Begins a Save, kills it, lets it recover (killing that as well where it is planned), and looks at everything. */
export async function runKill(
  slot: Slot,
  kill: Kill,
  variation: Variation = { withoutJournal: false },
): Promise<Verdict> {
  const violations: Violation[] = [];
  try {
    await slot.restore();
    await saveAndDie(slot, kill);
    violations.push(...(await findLoss(slot)));
    if (variation.withoutJournal) eraseJournal(slot);
    await killRecovery(slot, kill);
    violations.push(...(await recover(slot, variation)));
    violations.push(...(await findViolations(slot)));
  } catch (cause) {
    violations.push(`the run broke: ${cause instanceof Error ? cause.message : String(cause)}`);
  } finally {
    await killEverything(slot.instance, null);
  }
  return { kill, violations: [...new Set(violations)] };
}

async function saveAndDie(slot: Slot, { instant, mode }: Kill): Promise<void> {
  const life = launch(slot.home, instant.kind === 'failpoint' ? instant.name : null);
  const line = await mustReach(slot, life);
  // The server may be dead before it can answer.
  const asked = line.tell('saves.save', { project: slot.project }).catch(() => null);
  await die(slot, { life, instant, mode });
  await asked;
}

async function die(
  slot: Slot,
  { life, instant, mode }: { life: Life; instant: Instant; mode: Mode },
): Promise<void> {
  if (instant.kind === 'random') await pause(instant.share * slot.duration);
  else if (!(await endsWithin(life, 60_000))) throw new Error(`${instant.name} was never reached`);
  await strike(slot, life, mode);
}

/** Kills what still lives of a server, as the mode says. */
async function strike(slot: Slot, life: Life, mode: Mode): Promise<void> {
  if (mode === 'everything')
    await killEverything(slot.instance, life.hasEnded() ? null : (life.child.pid ?? null));
  else if (!life.hasEnded()) killOne(life.child.pid ?? 0);
  await life.ended;
}

async function endsWithin(life: Life, ms: number): Promise<boolean> {
  const timeout = new AbortController();
  const ended = await Promise.race([
    life.ended.then(() => true),
    pauseUnless(timeout.signal, ms).then(() => false),
  ]);
  timeout.abort();
  return ended;
}

function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}

async function killRecovery(slot: Slot, { second, mode }: Kill): Promise<void> {
  if (second.kind === 'none') return;
  const life = launch(slot.home, second.kind === 'failpoint' ? second.name : null);
  if (second.kind === 'after') await pause(second.ms);
  else await reachedOrDone(slot, life);
  await strike(slot, life, mode);
}

/** Waits until the failpoint of a recovery has come, or until there is nothing left to recover. */
async function reachedOrDone({ home, project }: Slot, life: Life): Promise<void> {
  const line = await reach(home, life);
  if (line === null) return;
  const finish = async () => {
    const save = await currentSave(line, project);
    if (save !== null && save.outcome === null) await outcomeOf(line, save.id);
  };
  await Promise.race([life.ended, finish().catch(() => null)]);
}

/** Starts the server as its person would, waits for the end of what was begun, and ends it in order. */
async function recover(slot: Slot, { withoutJournal }: Variation): Promise<readonly Violation[]> {
  const life = launch(slot.home);
  const line = await mustReach(slot, life);
  const found = withoutJournal ? [] : await findUnfinished(slot, line);
  const code = await terminate(life);
  return code === 0 ? found : [...found, `the server ended with ${code}: ${life.complaints()}`];
}

/** What the person would find wrong with the Save that was begun, or with the one that then does it all. */
export async function findUnfinished({ project, tasks }: Slot, line: Line): Promise<readonly Violation[]> {
  // Killed before its row was written, a Save was never begun; then the next one must do it all.
  if ((await currentSave(line, project)) === null) await line.tell('saves.save', { project });
  const save = await currentSave(line, project);
  if (save === null) return ['a Save that was asked for is not there'];
  const outcome = await outcomeOf(line, save.id);
  const states = await Promise.all([...tasks.approved, tasks.open].map((id) => stateOf(line, id)));
  const verified = await line.get<Verification>('timeline.verify', { project });
  const found: Violation[] = [];
  if (!isWhole(outcome, tasks.approved)) found.push(`the Save ended ${JSON.stringify(outcome)}`);
  if (states.join() !== 'saved,saved,saved,review') found.push(`the tasks are ${states.join()}`);
  if (!verified.ok) found.push(`verify says ${JSON.stringify(verified.problems)}`);
  return found;
}

function isWhole({ kind, tasks, delivery, checks }: SaveOutcome, approved: readonly string[]): boolean {
  const isChecked = checks.length === 1 && checks[0]?.state === 'passed';
  const isComplete = tasks.toSorted().join() === approved.toSorted().join();
  return kind === 'saved' && delivery?.state === 'updated' && isChecked && isComplete;
}

async function stateOf(line: Line, id: string): Promise<string> {
  return (await line.get<{ task: Task }>('tasks.get', { task: id })).task.state;
}

/** Waits until a server is ready; throws when it ended before that. */
export async function mustReach({ home }: Slot, life: Life): Promise<Line> {
  const line = await reach(home, life);
  if (line === null) throw new Error(`The server ended while it started: ${life.complaints()}`);
  return line;
}

/** Forgets what was begun: the rows of unfinished Saves, and which checkout was being written. */
function eraseJournal({ home }: Slot): void {
  withDatabase(home, (db) => {
    db.exec('DELETE FROM saves WHERE open = 1; DELETE FROM touched_checkouts;');
  });
}
