import { z } from 'zod';
import { DegradedMode } from './health.ts';
import { Oid, ProjectId, SaveId, SessionId } from './ids.ts';
import { SaveStage } from './save.ts';
import { SessionState } from './session.ts';
import { TaskState } from './task.ts';

/** Everything on one page: the server, and the project where one is named. */
export const Status = z.object({
  server: z.object({
    pid: z.number().int(),
    port: z.number().int(),
    url: z.string(),
    version: z.string(),
  }),
  project: z
    .object({
      id: ProjectId,
      path: z.string(),
      branch: z.string(),
      head: Oid.nullable(),
    })
    .nullable(),
  session: z.object({ id: SessionId, state: SessionState }).nullable(),
  tasks: z.partialRecord(TaskState, z.number().int()),
  save: z.object({ id: SaveId, stage: SaveStage }).nullable(),
  decisions: z.number().int(),
  /** Null while agents fare as they should. */
  degraded: DegradedMode.nullable().optional(),
});
export type Status = z.infer<typeof Status>;

/** `server.json` in the data directory: how a command line finds the server. */
export const ServerFile = z.object({
  pid: z.number().int(),
  port: z.number().int(),
  url: z.string(),
  token: z.string(),
  startedAt: z.number().int(),
});
export type ServerFile = z.infer<typeof ServerFile>;
