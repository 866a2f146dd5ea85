import { z } from 'zod';
import { describeFailure, type Failure } from '../describe-failure.ts';
import { WebRefusal } from './web-refusal.ts';

/** What a client of the web is told about an error. */
export function toWebFailure(error: unknown): Failure {
  if (error instanceof WebRefusal) return { status: error.status, error: error.message, isFault: false };
  if (error instanceof z.ZodError)
    return { status: 400, error: error.issues.map(describeIssue).join('; '), isFault: false };
  return describeFailure(error);
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  const field = path.map(String).join('.');
  return field === '' || message.toLowerCase().startsWith(field) ? message : `${field}: ${message}`;
}
