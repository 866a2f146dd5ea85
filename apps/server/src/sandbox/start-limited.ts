import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProcessOptions, type RunningProcess, startProcess } from '../platform/process.ts';

/** Processes and threads that one agent, setup or check may have at once: a build with 16 workers needs some 300. */
const MOST_PROCESSES = 4096;

const GROUPS = '/sys/fs/cgroup';

/** Starts a process that can't fill the machine with children: beyond the limit, starting another one fails inside. */
export async function startLimited(
  options: ProcessOptions,
  most: number = MOST_PROCESSES,
): Promise<RunningProcess> {
  const group = await makeGroup(most);
  const running = await startProcess(
    group === null ? limitedByUser(options, most) : limitedBy(group, options),
  );
  if (group !== null) void running.exited.then(() => removeGroup(group));
  return running;
}

/**
 * A control group of its own, where this person may make one.
 *
 * The kernel does not count the processes of root (`RLIMIT_NPROC`, see setrlimit(2)), so for root nothing else helps.
 */
async function makeGroup(most: number): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const parent = await findParent();
  if (parent === null) return null;
  const group = join(parent, `thalogos-${randomUUID()}`);
  try {
    await mkdir(group);
    await writeFile(join(group, 'pids.max'), String(most));
    return group;
  } catch {
    // A container that shows the groups and lets nobody make one: the agent is held by everything else.
    return null;
  }
}

/** Version 2 where its controller is handed down, else version 1. */
async function findParent(): Promise<string | null> {
  const handedDown = await readFile(join(GROUPS, 'cgroup.subtree_control'), 'utf8').catch(() => '');
  if (handedDown.split(/\s/).includes('pids')) return GROUPS;
  const first = join(GROUPS, 'pids');
  return access(first, constants.W_OK).then(
    () => first,
    () => null,
  );
}

async function removeGroup(group: string): Promise<void> {
  // The last process may still be leaving; an empty group that stays harms nobody.
  for (let tries = 0; tries < 20; tries += 1) {
    const isGone = await rmdir(group).then(
      () => true,
      () => false,
    );
    if (isGone) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function limitedBy(group: string, options: ProcessOptions): ProcessOptions {
  const enter = 'echo $$ > "$0/cgroup.procs" && exec "$@"';
  return { ...options, command: '/bin/sh', args: ['-c', enter, group, options.command, ...options.args] };
}

function limitedByUser(options: ProcessOptions, most: number): ProcessOptions {
  const limit = `--nproc=${most}:${most}`;
  return { ...options, command: 'prlimit', args: [limit, '--', options.command, ...options.args] };
}
