import { execFile } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { SaveView } from '@thalogos/contracts';
import { currentSave, type Line, pause, until } from '../server.ts';
import { makeSlot, type Slot } from '../slot.ts';
import { carryOn } from './carry-on.ts';
import { isWrite, saveOnce, stageAt } from './errors.ts';
import { DISK_CALLS, makeFaultyGit } from './faulty-git.ts';
import type { Point, Scene } from './sweep.ts';

const exec = promisify(execFile);

/** What the full disk holds. */
export const DISK_SCENES = ['data', 'person'] as const;
/** One of them. */
export type DiskScene = (typeof DISK_SCENES)[number];

/** The git before which the disk becomes full; null for the start of the server. */
export interface DiskPoint extends Point {
  readonly call: string | null;
}

/** How long the disk stays full: the server tries again after one second and after six. */
const FULL_MS = 3000;
const MEGABYTES = { data: 256, person: 48 };
const NAMES = { data: 'the data directory', person: 'the person’s repository' };

/** Opens a place where a Save is asked for and a disk becomes full on its way; once the person was told, space is freed. */
export async function openDisk(scene: DiskScene): Promise<Scene<DiskPoint>> {
  const slot = await makeSlot({ smallDisk: { holds: scene, megabytes: MEGABYTES[scene] } });
  const git = makeFaultyGit(join(dirname(slot.home), 'git'), slot.person.gitDir);
  const ballast = join(scene === 'data' ? slot.home : dirname(slot.person.path), 'ballast');
  const relieve = () => rmSync(ballast, { force: true });
  await slot.restore();
  git.record(DISK_CALLS);
  const save = await saveOnce(slot, { path: git.path });
  const row = (stage: string) => `${NAMES[scene]} full in ${stage}`;
  const points = git
    .recorded()
    .filter(({ steps }) => steps.some(isWrite))
    .map(({ name, at }) => ({
      row: row(stageAt(save, at)),
      what: `${row(stageAt(save, at))}, before ${name}`,
      call: name,
    }));
  return {
    points: [{ row: row('start'), what: row('start'), call: null }, ...points],
    try: async ({ call }) => {
      relieve();
      await slot.restore();
      git.reset();
      if (call === null) await fill(ballast);
      else git.spoil(call, { kind: 'fill', file: ballast });
      return carryOn(slot, {
        conditions: { path: git.path },
        hasStruck: () => call === null || git.hasStruck(),
        meanwhile: (line) => stayFull({ slot, line, hasStruck: git.hasStruck, relieve }),
        relieve,
      });
    },
    [Symbol.asyncDispose]: () => slot[Symbol.asyncDispose](),
  };
}

async function fill(file: string): Promise<void> {
  writeFileSync(file, '');
  await exec('sh', ['-c', 'cat /dev/zero > "$0"', file]).catch(() => null);
  if (!existsSync(file)) throw new Error(`Could not fill the disk of ${file}`);
}

interface Wait {
  readonly slot: Slot;
  readonly line: Line;
  readonly hasStruck: () => boolean;
  readonly relieve: () => void;
}

/** Keeps the disk full for a while; a Save that goes on under it must say why it does not end. */
async function stayFull({ slot, line, hasStruck, relieve }: Wait): Promise<readonly string[]> {
  const look = () => currentSave(line, slot.project);
  await until(
    'the disk is full or the Save is done',
    async () => hasStruck() || (await look())?.outcome || null,
  );
  await pause(FULL_MS);
  const save = await look();
  const isTold = save === null || save.outcome !== null || isSaidIn(save);
  relieve();
  return isTold ? [] : [`the person is not told that the disk is full: ${JSON.stringify(save.stages)}`];
}

function isSaidIn({ stages }: SaveView): boolean {
  return stages.some(({ state, sentence }) => state === 'active' && /full|space/i.test(sentence));
}
