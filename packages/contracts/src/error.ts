import { z } from 'zod';
import { ERROR_CODES } from './error-codes.ts';

/** The closed set of ways in which a call can fail before or while it is carried out. */
export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What a person or a program is told when a call fails: what was attempted on what, and what to do next. */
export const ErrorBody = z.object({
  code: ErrorCode,
  message: z.string(),
  hint: z.string().nullable(),
  details: z.unknown(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
