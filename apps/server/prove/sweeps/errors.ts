import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SaveView } from '@thalogos/contracts';
import { mustReach } from '../one-kill.ts';
import { currentSave, launch, type Line, outcomeOf, terminate } from '../server.ts';
import { makeSlot, type Slot } from '../slot.ts';
import { carryOn } from './carry-on.ts';
import { DISK_CALLS, type FaultyGit, type GitCall, makeFaultyGit } from './faulty-git.ts';
import { parseTrace, type Step } from './parse-trace.ts';
import type { Point, Scene, Trial } from './sweep.ts';

/** Whose calls fail. */
export const ERROR_SCENES = ['git', 'database'] as const;
/** One of them. */
export type ErrorScene = (typeof ERROR_SCENES)[number];

/** One system call that fails. */
export interface ErrorPoint extends Point {
  /** The git that makes it; null for the server itself. */
  readonly call: string | null;
  readonly step: Step;
  readonly error: 'EIO' | 'ENOSPC';
}

/** What a disk can refuse, and how the first of its kind is known in a trace. */
const KINDS: readonly (readonly [string, (step: Step) => boolean])[] = [
  ['open', ({ call, text }) => call === 'openat' && text.includes('O_CREAT')],
  ['write', ({ call, text }) => /^p?write/.test(call) && !/^[012],/.test(text)],
  ['sync', isSync],
  ['rename', ({ call }) => /^(?:rename|link)/.test(call)],
];

/** Whether a step leaves something on the disk. */
export function isWrite(step: Step): boolean {
  return KINDS.some(([, is]) => is(step));
}

/** Opens a place where a Save is asked for while one call of git, or of the server's database, fails. */
export async function openErrors(scene: ErrorScene): Promise<Scene<ErrorPoint>> {
  const slot = await makeSlot();
  const git = makeFaultyGit(join(slot.home, '..', 'git'), slot.person.gitDir);
  const points = scene === 'git' ? await findGitPoints(slot, git) : await findDatabasePoints(slot);
  return {
    points,
    try: (point) => failOnce(slot, git, point),
    [Symbol.asyncDispose]: () => slot[Symbol.asyncDispose](),
  };
}

/** Saves while one system call fails, and sees it through. */
export async function failOnce(
  slot: Slot,
  git: FaultyGit,
  { call, step, error }: Pick<ErrorPoint, 'call' | 'step' | 'error'>,
): Promise<Trial> {
  await slot.restore();
  git.reset();
  if (call !== null) {
    git.spoil(call, { kind: 'error', step, error });
    return carryOn(slot, { conditions: { path: git.path }, hasStruck: git.hasStruck });
  }
  const trace = traceOf(slot);
  const injection = `inject=${step.call}:error=${error}:when=${step.nth}`;
  const through = [...watch(slot, trace), '-e', injection];
  const hasStruck = () => readFileSync(trace, 'utf8').includes('INJECTED');
  return carryOn(slot, { conditions: { through }, hasStruck });
}

async function findGitPoints(slot: Slot, git: FaultyGit): Promise<readonly ErrorPoint[]> {
  await slot.restore();
  git.reset();
  git.record(DISK_CALLS);
  const save = await saveOnce(slot, { path: git.path });
  return git.recorded().flatMap((call) => pointsOf(call, stageAt(save, call.at)));
}

function pointsOf({ name, steps }: GitCall, stage: string): readonly ErrorPoint[] {
  return KINDS.flatMap(([kind, is]) => {
    const step = steps.find(is);
    if (step === undefined) return [];
    return (['EIO', 'ENOSPC'] as const).map((error) => ({
      row: `git in ${stage}: ${error}`,
      what: `${error} in ${stage}, ${name}: ${kind}`,
      ...{ call: name, step, error },
    }));
  });
}

/** The server's own thread writes the database: without `-f` no other is looked at. */
function watch({ home }: Slot, trace: string): readonly string[] {
  const files = ['thalogos.db', 'thalogos.db-wal'].flatMap((name) => ['-P', join(home, 'data', name)]);
  return ['strace', '-D', '-qq', '-ttt', '-o', trace, ...files, '-e', 'trace=pwrite64,fsync,fdatasync'];
}

function traceOf({ home }: Slot): string {
  return join(home, '..', 'database-trace');
}

async function findDatabasePoints(slot: Slot): Promise<readonly ErrorPoint[]> {
  await slot.restore();
  const save = await saveOnce(slot, { through: watch(slot, traceOf(slot)) });
  const lines = readFileSync(traceOf(slot), 'utf8').split('\n');
  const times = lines.map((line) => Number(line.split(' ')[0]) * 1000);
  const steps = parseTrace(lines.map((line) => line.replace(/^\S+ /, '')).join('\n'));
  return steps.flatMap((step, place) => {
    // Every sync, and the first and the last write between two of them: where a transaction begins and ends.
    const [before, after] = [steps[place - 1], steps[place + 1]];
    if (![step, before, after].some((one) => one === undefined || isSync(one))) return [];
    const stage = stageAt(save, times[place] ?? 0);
    return (['EIO', 'ENOSPC'] as const).map((error) => ({
      row: `database in ${stage}: ${error}`,
      what: `${error} in ${stage}, database: ${step.call} ${step.nth}`,
      ...{ call: null, step, error },
    }));
  });
}

function isSync({ call }: Step): boolean {
  return call.endsWith('sync');
}

/** Saves once, undisturbed but for how the server is started; gives the Save as it ended. */
export async function saveOnce(slot: Slot, conditions: Parameters<typeof launch>[2]): Promise<SaveView> {
  const life = launch(slot.home, null, conditions);
  const line = await mustReach(slot, life);
  await line.tell('saves.save', { project: slot.project });
  const save = await ended(slot, line);
  await terminate(life);
  return save;
}

async function ended({ project }: Slot, line: Line): Promise<SaveView> {
  const begun = await currentSave(line, project);
  await outcomeOf(line, begun?.id ?? '');
  const save = await currentSave(line, project);
  if (save?.outcome?.delivery?.state !== 'updated')
    throw new Error(`A Save that nobody disturbs ended ${JSON.stringify(save?.outcome)}`);
  return save;
}

/** The stage that a Save was in at a time; `start` before it, `resume` after it. */
export function stageAt({ stages, startedAt }: SaveView, at: number): string {
  if (at < startedAt) return 'start';
  return stages.findLast((stage) => stage.startedAt !== null && stage.startedAt <= at)?.stage ?? 'freeze';
}
