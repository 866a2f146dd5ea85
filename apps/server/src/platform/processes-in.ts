import { readdir, readlink } from 'node:fs/promises';
import { sep } from 'node:path';
import { listMarked } from './marked-processes.ts';

/** A folder that work was done in, and the marks of the processes that did it. */
export interface WorkPlace {
  readonly path: string;
  readonly marks: readonly string[];
}

/** Whether a process that carries one of the marks still lives, or any process stands in the folder. */
export async function isInUse({ path, marks }: WorkPlace): Promise<boolean> {
  for (const mark of marks) if ((await listMarked(mark)).length > 0) return true;
  return process.platform === 'linux' && standsIn(path);
}

/** A process may have taken its mark off; where it stands it can't hide from us. */
async function standsIn(folder: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const places = await Promise.all(pids.map(placeOf));
  return places.some((place) => place === folder || place?.startsWith(`${folder}${sep}`) === true);
}

async function placeOf(pid: string): Promise<string | null> {
  try {
    return await readlink(`/proc/${pid}/cwd`);
  } catch {
    // Gone meanwhile, or another person's process: neither is ours.
    return null;
  }
}
