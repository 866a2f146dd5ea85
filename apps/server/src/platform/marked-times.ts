import { readFile } from 'node:fs/promises';
import { listMarked } from './marked-processes.ts';

/** What the processes with one mark have done so far, as the system counts it. */
export interface MarkedTimes {
  readonly pids: readonly number[];
  /** Milliseconds of processor time of all of them together; null where the system does not say. */
  readonly cpuMs: number | null;
}

/** Linux counts processor time for programs in hundredths of a second, on every machine. */
const TICK_MS = 10;

/** Reads which processes carry a mark and how much they have computed. */
export async function readMarkedTimes(prefix: string): Promise<MarkedTimes> {
  const pids = (await listMarked(prefix)).map(({ pid }) => pid).toSorted((a, b) => a - b);
  if (process.platform !== 'linux') return { pids, cpuMs: null };
  const times = await Promise.all(pids.map(cpuOf));
  return { pids, cpuMs: times.reduce((sum, ms) => sum + ms, 0) };
}

async function cpuOf(pid: number): Promise<number> {
  try {
    return parseCpuMs(await readFile(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // Gone meanwhile; that it is gone is seen by its number.
    return 0;
  }
}

/** Reads user and system time of `/proc/PID/stat`, whose second field is a name that may hold anything. */
export function parseCpuMs(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
