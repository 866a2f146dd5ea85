import { z } from 'zod';

/** Name of one thing of Thalogos: lower-case letters, digits and dashes, safe in a branch name and a URL. */
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** A repository under Thalogos. */
export const ProjectId = name;
export type ProjectId = z.infer<typeof ProjectId>;

/** One stretch of work on one project. */
export const SessionId = name;
export type SessionId = z.infer<typeof SessionId>;

/** One goal as a person typed it. */
export const GoalId = name;
export type GoalId = z.infer<typeof GoalId>;

/** One unit of work for one agent. */
export const TaskId = name;
export type TaskId = z.infer<typeof TaskId>;

/** One attempt of an agent at a task. */
export const RunId = name;
export type RunId = z.infer<typeof RunId>;

/** One act of saving. */
export const SaveId = name;
export type SaveId = z.infer<typeof SaveId>;

/** One thing that only a person can settle. */
export const DecisionId = name;
export type DecisionId = z.infer<typeof DecisionId>;

/** Name of a git object: 40 hexadecimal digits (sha1), 64 (sha256). */
export const Oid = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
export type Oid = z.infer<typeof Oid>;

/** Milliseconds since 1970, UTC. */
export const Timestamp = z.number().int();
export type Timestamp = z.infer<typeof Timestamp>;
