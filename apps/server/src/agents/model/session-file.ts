import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readTextIfThere } from '../change-file.ts';

const Said = z.object({
  id: z.string(),
  role: z.enum(['user', 'agent']),
  content: z.string(),
  timestamp: z.number(),
});

/** What a session has to remember beyond its process. */
export const KeptSession = z.object({
  /** Oldest first. */
  history: z.array(Said),
  /** What was being done when the process was last heard of; null between two turns. */
  unfinished: z.object({ message: z.string(), deeds: z.array(z.string()) }).nullable(),
});
export type KeptSession = z.infer<typeof KeptSession>;

/** The file of one session, replaced whole at each change. */
export interface SessionFile {
  /** Null where there is no such session. */
  load(): Promise<KeptSession | null>;
  keep(session: KeptSession): Promise<void>;
}

/** Opens the file of a session in the agent's own folder. */
export function openSessionFile(stateDir: string, session: string): SessionFile {
  const file = join(stateDir, `${session}.json`);
  return {
    async load() {
      const text = await readTextIfThere(file);
      return text === null ? null : KeptSession.parse(JSON.parse(text));
    },
    async keep(kept) {
      await writeFile(`${file}.next`, JSON.stringify(kept), { mode: 0o600 });
      await rename(`${file}.next`, file);
    },
  };
}
