import { randomUUID } from 'node:crypto';
import { chmod, readdir, rename, rmdir, unlink } from 'node:fs/promises';

/** Bytes of a path from which on a folder is lifted up before it is gone through: a path may have 4,096 on Linux, 1,024 on macOS. */
const LONG_PATH = 700;
const SLASH = Buffer.from('/');

/**
 * Deletes a folder with everything in it, whatever its modes, names or depth; fine where there is none.
 *
 * A link is deleted and never followed. Nothing may work in the folder meanwhile.
 */
export async function removeTree(path: string): Promise<void> {
  const root = Buffer.from(path);
  try {
    await removeFolder(root, root);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return;
    if (codeOf(cause) !== 'ENOTDIR') throw new Error(`Could not delete ${path}`, { cause });
    await unlink(root);
  }
}

/** Deletes one folder inside `root`, which is where folders that lie too deep are lifted to. */
export async function removeFolder(path: Buffer, root: Buffer): Promise<void> {
  for (const entry of await openFolder(path)) {
    const inner = childOf(path, entry.name);
    if (!entry.isDirectory()) await unlink(inner);
    else await removeFolder(inner.length > LONG_PATH + root.length ? await lift(inner, root) : inner, root);
  }
  await rmdir(path);
}

/** The entries of a folder that its owner may have locked themselves out of; a link to a folder is not one. */
export async function openFolder(path: Buffer) {
  const read = () => readdir(path, { withFileTypes: true, encoding: 'buffer' });
  // A slash at the end would follow a link; what is asked for here was seen to be a folder of its own.
  await chmod(path, 0o755);
  return read();
}

/** The path of something in a folder, as bytes: not every name is text. */
export function childOf(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, SLASH, name]);
}

async function lift(path: Buffer, root: Buffer): Promise<Buffer> {
  const lifted = childOf(root, Buffer.from(`.thalogos-lifted-${randomUUID()}`));
  await chmod(path, 0o755);
  await rename(path, lifted);
  return lifted;
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : null;
}
