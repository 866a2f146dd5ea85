import { createHash } from 'node:crypto';
import type { ApprovalEvent } from '../agents/agent-adapter.ts';

/** The answer that gives leave for the rest of a task. */
export const FOR_THIS_TASK = 'allow-session';

/** Words beside the act, which an agent puts differently each time, and names that it makes up for each request. */
const BESIDE = /^(reason|decision_?[rR]eason|permission_?[sS]uggestions|id|.*(Id|_id)|.*(At|_at)|timestamp)$/;
/** What a tool is given: all of it counts, whatever it is called. */
const GIVEN: readonly string[] = ['input', 'rawInput', 'arguments'];

/**
 * Names exactly what an agent asks leave for, the same whenever it asks for the same again.
 *
 * Whatever an agent adds that is not known to be beside the act makes another name: then a person
 * is asked once more, which is the safe side to err on.
 */
export function leaveKey({ kind, title, detail }: Pick<ApprovalEvent, 'kind' | 'title' | 'detail'>): string {
  // What an agent says that a command is for is beside the command; to any other tool it may be the work itself.
  const isBeside = (name: string) => BESIDE.test(name);
  const isBesideGiven = (name: string) => kind === 'command' && name === 'description';
  const act = actOf(detail, { isBeside, isBesideGiven });
  return createHash('sha256')
    .update(JSON.stringify([kind, title, act]))
    .digest('hex');
}

interface Sieve {
  readonly isBeside: (name: string) => boolean;
  readonly isBesideGiven: (name: string) => boolean;
}

function actOf(value: unknown, sieve: Sieve): unknown {
  if (Array.isArray(value)) return value.map((one) => actOf(one, sieve));
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([name]) => !sieve.isBeside(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, inner]) => {
      const within = GIVEN.includes(name) ? { ...sieve, isBeside: sieve.isBesideGiven } : sieve;
      return [name, actOf(inner, within)];
    });
}
