import { listMarked } from '../src/platform/marked-processes.ts';
import { isNoSuchProcess } from '../src/platform/process.ts';

/** Kills, as losing the power would, a server and everything that works for it: helper, gits, agents, checks. */
export async function killEverything(instance: string, server: number | null): Promise<void> {
  for (let pids = await workersOf(instance), first = true; first || pids.length > 0; first = false) {
    // All of one listing within one turn, so that none of them sees another one die.
    for (const pid of first && server !== null ? [...pids, server] : pids) killOne(pid);
    pids = await workersOf(instance);
  }
}

/** Every living process that carries the mark of this data directory. */
export async function workersOf(instance: string): Promise<readonly number[]> {
  return (await listMarked(`${instance}:`)).map(({ pid }) => pid);
}

/** Kills one process; one that has gone already is as good. */
export function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (cause) {
    if (!isNoSuchProcess(cause)) throw new Error(`Could not kill process ${pid}`, { cause });
  }
}
