import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ServerFile } from '@thalogos/contracts';

/** Writes `server.json` (mode 0600) so that a reader sees the old file or the new one, never half of one. */
export function writeServerFile(file: string, content: ServerFile): void {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, file);
}

/** Reads `server.json`; null when it is not there or says nothing we understand. */
export function readServerFile(file: string): ServerFile | null {
  try {
    return ServerFile.nullable()
      .catch(null)
      .parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    if (
      cause instanceof SyntaxError ||
      (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
    )
      return null;
    throw new Error(`Could not read ${file}`, { cause });
  }
}

/** Removes `server.json` if it speaks of this process. */
export function removeServerFile(file: string): void {
  if (readServerFile(file)?.pid === process.pid) rmSync(file, { force: true });
}
