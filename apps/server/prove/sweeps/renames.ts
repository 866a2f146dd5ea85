import { join } from 'node:path';
import type { Delivery } from '@thalogos/contracts';
import { findLoss, findViolations, type Violation } from '../invariants.ts';
import { findUnfinished, mustReach } from '../one-kill.ts';
import { killEverything } from '../processes.ts';
import { currentSave, launch, type Life, type Line, outcomeOf, reach, terminate, until } from '../server.ts';
import { makeSlot, type Slot } from '../slot.ts';
import { type FaultyGit, type GitCall, makeFaultyGit, NAME_CALLS } from './faulty-git.ts';
import type { Step } from './parse-trace.ts';
import type { Point, Scene, Trial } from './sweep.ts';

/** Where the person's repository stands when a checkpoint comes to it. */
export const RENAME_SCENES = [
  'main checked out',
  'main checked out nowhere',
  'a delivery cut short',
] as const;
/** One of them. */
export type RenameScene = (typeof RENAME_SCENES)[number];

/** One git, killed at one change of a name; `holds`: the server dies with it. */
export interface RenamePoint extends Point {
  readonly call: string;
  readonly step: Step;
  readonly holds: boolean;
}

/** Opens a place where a Save has landed and only its delivery is left, and finds every step of the gits that write there. */
export async function openRenames(scene: RenameScene): Promise<Scene<RenamePoint>> {
  const slot = await makeSlot({ isElsewhere: scene === 'main checked out nowhere' });
  return openRenamesIn(slot, scene);
}

/** The same in a slot that is there and is as the scene wants it; the scene takes it over. */
export async function openRenamesIn(slot: Slot, scene: RenameScene): Promise<Scene<RenamePoint>> {
  const git = makeFaultyGit(join(slot.home, '..', 'git'), slot.person.gitDir);
  let back = await landOnly(slot);
  if (scene === 'a delivery cut short') back = await cutShort({ slot, git, back });
  const calls = await recordCalls({ slot, git, back });
  return {
    points: pointsOf(scene, calls),
    try: async ({ call, step, holds }) => {
      await back();
      git.reset();
      git.spoil(call, { kind: 'kill', step, holds });
      return holds ? dieTogether(slot, git) : goOn(slot, git);
    },
    [Symbol.asyncDispose]: () => slot[Symbol.asyncDispose](),
  };
}

function pointsOf(scene: RenameScene, calls: readonly GitCall[]): readonly RenamePoint[] {
  return calls
    .filter(({ name }) => name.startsWith('person.'))
    .flatMap(({ name, steps }) =>
      steps.flatMap((step) =>
        [false, true].map((holds) => ({
          row: `${scene}: \`${name.split('.')[1] ?? ''}\`, ${holds ? 'server with it' : 'git alone'}`,
          what: `${scene}, ${name} at ${step.call} ${step.nth}${step.isChild ? ' of a child' : ''}${holds ? ', server with it' : ''}`,
          ...{ call: name, step, holds },
        })),
      ),
    );
}

/** Saves up to the moment before the delivery; gives the way back to it. */
async function landOnly(slot: Slot): Promise<() => Promise<void>> {
  await slot.restore();
  const life = launch(slot.home, 'recording.journaled');
  const line = await mustReach(slot, life);
  await line.tell('saves.save', { project: slot.project }).catch(() => null);
  await life.ended;
  await killEverything(slot.instance, null);
  return slot.keep();
}

interface Stage {
  readonly slot: Slot;
  readonly git: FaultyGit;
  readonly back: () => Promise<void>;
}

/** Kills git and server in the middle of bringing the checkout forward. */
async function cutShort(stage: Stage): Promise<() => Promise<void>> {
  const { slot, git, back } = stage;
  const steps = (await recordCalls(stage)).find(({ name }) => name === 'person.merge.1')?.steps ?? [];
  const step = steps.filter(({ call }) => call.startsWith('unlink'))[8];
  if (step === undefined) throw new Error('Bringing the checkout forward takes no files away');
  await back();
  git.reset();
  git.spoil('person.merge.1', { kind: 'kill', step, holds: true });
  await dieWith(slot, git);
  return slot.keep();
}

async function recordCalls({ slot, git, back }: Stage): Promise<readonly GitCall[]> {
  await back();
  git.reset();
  git.record(NAME_CALLS);
  const life = launch(slot.home, null, { path: git.path });
  const found = await findUnfinished(slot, await mustReach(slot, life));
  await terminate(life);
  if (found.length > 0) throw new Error(`A delivery that nobody disturbs: ${found.join('; ')}`);
  return git.recorded();
}

/** Lets git be killed, and the server before it has heard of that; true when it came to that. */
async function dieWith(slot: Slot, git: FaultyGit): Promise<boolean> {
  const life = launch(slot.home, null, { path: git.path });
  const done = reach(slot.home, life).then((line) => (line === null ? null : deliveryOf(slot, line)));
  let isDone = false;
  void done.catch(() => null).finally(() => (isDone = true));
  await until('git is killed or the delivery is done', () => git.isHeld() || isDone || null);
  const wasHeld = git.isHeld();
  await killEverything(slot.instance, life.hasEnded() ? null : (life.child.pid ?? null));
  await life.ended;
  return wasHeld;
}

async function deliveryOf({ project }: Slot, line: Line): Promise<Delivery | null> {
  const save = await currentSave(line, project);
  return save === null ? null : (await outcomeOf(line, save.id)).delivery;
}

/** Git and server are killed in one stroke; the next server mends what they left. */
async function dieTogether(slot: Slot, git: FaultyGit): Promise<Trial> {
  const isStruck = await dieWith(slot, git);
  const lost = await findLoss(slot);
  const life = launch(slot.home);
  return { isStruck, end: 'mended by the next start', violations: [...lost, ...(await finish(slot, life))] };
}

/** Git alone is killed; the server says that the delivery waits, and brings it when it is asked once more. */
async function goOn(slot: Slot, git: FaultyGit): Promise<Trial> {
  const life = launch(slot.home, null, { path: git.path });
  const line = await mustReach(slot, life);
  const first = await deliveryOf(slot, line);
  const lost = await findLoss(slot);
  if (first?.state !== 'updated') await line.tell('saves.deliver', { project: slot.project });
  const end = first?.state === 'updated' ? 'mended at once' : 'waited, then delivered';
  return { isStruck: git.hasStruck(), end, violations: [...lost, ...(await finish(slot, life, line))] };
}

async function finish(slot: Slot, life: Life, reached?: Line): Promise<readonly Violation[]> {
  const line = reached ?? (await mustReach(slot, life));
  const found = await findUnfinished(slot, line);
  const code = await terminate(life);
  const ended = code === 0 ? [] : [`the server ended with ${code}: ${life.complaints()}`];
  return [...found, ...ended, ...(await findViolations(slot))];
}
