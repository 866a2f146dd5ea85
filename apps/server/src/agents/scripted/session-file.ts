import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScriptedState } from './protocol.ts';

/** What a scripted session must remember beyond its process; synchronous, so that no step outruns its record. */
export interface SessionFile {
  /** Null where there is no such session. */
  load(): ScriptedState | null;
  keep(state: ScriptedState): void;
}

/** The file of one session in the agent's state folder, replaced whole at each change. */
export function openSessionFile(stateDir: string, session: string): SessionFile {
  const file = join(stateDir, `${session}.json`);
  return {
    load() {
      const text = readIfThere(file);
      return text === null ? null : ScriptedState.parse(JSON.parse(text));
    },
    keep(state) {
      writeFileSync(`${file}.next`, JSON.stringify(state));
      renameSync(`${file}.next`, file);
    },
  };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
