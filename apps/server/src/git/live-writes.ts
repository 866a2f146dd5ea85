import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WriteRequest } from './git.ts';
import { GitFault } from './git-fault.ts';
import type { AnswerLength, LiveProcess } from './live-process.ts';

/** Writes objects through live `git hash-object --stdin-paths`: git checks them and makes them durable, and nothing is started. */
export function makeLiveWrites(directory: string) {
  let next = 1;
  return async (live: LiveProcess, { type, content }: WriteRequest): Promise<string> => {
    const path = join(directory, `object-${process.pid}-${next++}`);
    await writeFile(path, content, { mode: 0o600 });
    try {
      const oid = (await live.ask(`${path}\n`, measureLine)).toString('latin1').trimEnd();
      if (!/^[0-9a-f]{40,64}$/.test(oid))
        throw new GitFault(`Could not write a ${type}: git gave it no name`);
      return oid;
    } finally {
      await rm(path, { force: true });
    }
  };
}

function measureLine(answer: Buffer): AnswerLength {
  const end = answer.indexOf('\n');
  return end === -1 ? { kind: 'needs', bytes: answer.length + 1 } : { kind: 'complete', length: end + 1 };
}
