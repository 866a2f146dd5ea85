import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServerFile } from '@thalogos/contracts';

/** What the server of a data directory says of itself; null where there is none, or the file is not to be understood. */
export async function readServerFile(dataDirectory: string): Promise<ServerFile | null> {
  try {
    const parsed = ServerFile.safeParse(
      JSON.parse(await readFile(join(dataDirectory, 'server.json'), 'utf8')),
    );
    return parsed.success ? parsed.data : null;
  } catch (cause) {
    const isMissing =
      cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    if (isMissing || cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Whether a process of this id lives, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

/** In a container whose first process collects nobody, what has ended keeps its number for ever. */
function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\)/s, ''));
  } catch {
    // No such folder outside of Linux, or gone just now.
    return false;
  }
}
