import {
  Arrangement,
  type ArrangeInput,
  type ArrangeOutcome,
  type KeptArrangement,
} from '@thalogos/contracts';
import { Refusal } from '../platform/refusal.ts';
import type { ArrangementStore, StoredArrangement } from './arrangement-store.ts';

/** How the panels of a session stand, for every browser that shows it. */
export interface ArrangementCalls {
  arrangement(session: string): KeptArrangement;
  arrange(input: ArrangeInput): ArrangeOutcome;
}

/** What arrangements need. */
export interface ArrangementDeps {
  readonly store: ArrangementStore;
  readonly hasSession: (session: string) => boolean;
  /** Reading and writing in it are one act. */
  readonly transact: <T>(act: () => T) => T;
}

/** Arrangements of panels. They are how a person looks at the work and no part of it, so no event tells of them. */
export function makeArrangements({ store, hasSession, transact }: ArrangementDeps): ArrangementCalls {
  const require = (session: string): StoredArrangement | null => {
    if (!hasSession(session)) throw new Refusal('not-found', `There is no session ${session}.`);
    return store.find(session);
  };
  return {
    arrangement: (session) => readStored(require(session)),
    arrange: ({ session, revision, arrangement }) =>
      transact(() => {
        const stored = require(session);
        if ((stored?.revision ?? 0) !== revision) return { kind: 'changed', ...readStored(stored) };
        const body = JSON.stringify({ ...fieldsOf(stored), ...arrangement });
        store.put(session, { body, revision: revision + 1 });
        return { kind: 'kept', arrangement, revision: revision + 1 };
      }),
  };
}

/** What can't be read, from a server of another version or by a fault, counts as not arranged; its number goes on. */
function readStored(stored: StoredArrangement | null): KeptArrangement {
  const read = Arrangement.safeParse(fieldsOf(stored));
  return { arrangement: read.success ? read.data : null, revision: stored?.revision ?? 0 };
}

/** Every field that was written, those of a newer server too: they are not ours to lose. */
function fieldsOf(stored: StoredArrangement | null): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(stored?.body ?? '{}');
    return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? { ...fields } : {};
  } catch {
    // Text that is no JSON holds nothing that could be kept.
    return {};
  }
}
