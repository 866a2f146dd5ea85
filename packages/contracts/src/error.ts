import { z } from 'zod';

/** The closed set of ways in which a call can fail before or while it is carried out. */
export const ErrorCode = z.enum([
  'usage',
  'not-found',
  'conflict',
  'refused',
  'forbidden',
  'unauthorised',
  'not-a-repository',
  'unusable-repository',
  'bad-config',
  'bad-goal',
  'unknown-agent',
  'wrong-state',
  'already-running',
  'unreachable',
  'too-large',
  'rate-limited',
  'fault',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What a person or a program is told when a call fails: what was attempted on what, and what to do next. */
export const ErrorBody = z.object({
  code: ErrorCode,
  message: z.string(),
  hint: z.string().nullable(),
  details: z.unknown(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
