import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, deflate } from 'node:zlib';
import type { WriteRequest } from './git.ts';

const compress = promisify(deflate);

/**
 * Writes one object into a quarantine as git keeps a loose one, without a process and without a wait for the disk.
 *
 * Whole or not at all under its name, because a live git may look for it at any time.
 */
export async function writeLoose(quarantine: string, { type, content }: WriteRequest): Promise<string> {
  const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const oid = createHash('sha1').update(whole).digest('hex');
  const folder = join(quarantine, oid.slice(0, 2));
  const making = join(quarantine, `making-${randomUUID()}`);
  const [bytes] = await Promise.all([
    compress(whole, { level: constants.Z_BEST_SPEED }),
    mkdir(folder, { recursive: true }),
  ]);
  await writeFile(making, bytes, { mode: 0o444 });
  await rename(making, join(folder, oid.slice(2)));
  return oid;
}
