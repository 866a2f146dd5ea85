import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Package = z.object({ scripts: z.object({ dev: z.string().max(10_000) }) });
const LARGEST = 1024 * 1024;

/** The script `dev` of a worktree's `package.json`, and the names beside it; what an agent wrote is read, not followed. */
export async function readPackage(
  worktree: string,
): Promise<{ readonly script: string | null; readonly files: readonly string[] }> {
  const files = await readdir(worktree);
  return { files, script: files.includes('package.json') ? await readScript(worktree) : null };
}

async function readScript(worktree: string): Promise<string | null> {
  try {
    // A link may lead anywhere, and a pipe never ends.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = await open(join(worktree, 'package.json'), flags);
    try {
      const stat = await file.stat();
      if (!stat.isFile() || stat.size > LARGEST) return null;
      return Package.safeParse(JSON.parse(await file.readFile('utf8'))).data?.scripts.dev ?? null;
    } finally {
      await file.close();
    }
  } catch {
    // Not readable, or no JSON: then there is no script to offer.
    return null;
  }
}
