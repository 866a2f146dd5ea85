import { Priority } from '@thalogos/contracts';
import { Failure } from '../failure.ts';

/** How urgent something is, as a person types it. */
export function readPriority(text: string): Priority {
  const read = Priority.safeParse(text);
  if (read.success) return read.data;
  throw new Failure('usage', `A priority is low, normal or high, not ${text}`);
}
