import { open } from 'node:fs/promises';

/** Makes the names in a directory outlive a power cut, which the sync of a file does not promise; fine where it is gone. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows can't open a directory; its file systems journal names themselves.
  if (process.platform === 'win32') return;
  try {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    // A ref that was packed or removed has no directory any more.
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw new Error(`Could not make ${path} durable`, { cause });
  }
}
