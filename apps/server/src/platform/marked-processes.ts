import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isNoSuchProcess, MARK } from './process.ts';

const exec = promisify(execFile);

/** A living process that carries our mark. */
export interface MarkedProcess {
  readonly pid: number;
  readonly mark: string;
}

/**
 * Every living process whose mark starts with `prefix` (`<instance>:` for all of one instance).
 *
 * The mark is in the environment, so this finds what a process group does not hold
 * any more: children that made a session of their own or were adopted by init.
 */
export async function listMarked(prefix: string): Promise<MarkedProcess[]> {
  const all = process.platform === 'linux' ? await fromProc() : await fromPs();
  return all.filter(({ pid, mark }) => pid !== process.pid && mark.startsWith(prefix));
}

/** Kills every process whose mark starts with `prefix`, again and again until none is left; gives how many there were. */
export async function killMarked(prefix: string): Promise<number> {
  const killed = new Set<number>();
  // A dying process may have just forked, so one pass is not proof. A process that can't be killed must not hold us for ever.
  for (let pass = 0; pass < 50; pass += 1) {
    const found = await listMarked(prefix);
    if (found.length === 0) return killed.size;
    for (const { pid } of found) {
      killOne(pid);
      killed.add(pid);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Could not end every process marked ${prefix}`);
}

function killOne(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (cause) {
    if (!isNoSuchProcess(cause)) throw new Error(`Could not kill process ${pid}`, { cause });
  }
}

async function fromProc(): Promise<MarkedProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const marks = await Promise.all(
    pids.map(async (pid) => ({ pid: Number(pid), mark: await markInProc(pid) })),
  );
  return marks.flatMap(({ pid, mark }) => (mark === null ? [] : [{ pid, mark }]));
}

async function markInProc(pid: string): Promise<string | null> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
    const entry = environment.split('\0').find((variable) => variable.startsWith(`${MARK}=`));
    return entry === undefined ? null : entry.slice(MARK.length + 1);
  } catch {
    // Gone meanwhile, or another person's process: neither is ours. A zombie reads as empty.
    return null;
  }
}

/** Where there is no /proc: `ps` prints the environment behind the command of one's own processes. */
async function fromPs(): Promise<MarkedProcess[]> {
  const { stdout } = await exec('ps', ['eww', '-A', '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 });
  return parsePs(stdout);
}

/** Reads the output of `ps eww -o pid=,command=`. */
export function parsePs(output: string): MarkedProcess[] {
  return output.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s.*\sTHALOGOS_MARK=(\S+)/.exec(line);
    return match?.[1] === undefined || match[2] === undefined
      ? []
      : [{ pid: Number(match[1]), mark: match[2] }];
  });
}
