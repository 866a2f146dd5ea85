import type { Session, SessionMarks, ThalogosEvent } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTRPC } from '../../../lib/trpc.ts';
import { useAddressChoice } from '../../../lib/use-address-choice.ts';
import { useProjectId } from '../../../lib/use-project.ts';
import { graphAt, type PastGraph } from './graph-at.ts';
import { readMoment } from './scrub-view.ts';
import { useBlock, useFindStep, useMarks } from './use-replay-data.ts';

const NONE: readonly Session[] = [];
const NO_EVENTS: readonly ThalogosEvent[] = [];

/** A session’s replay, and where it stands. */
export interface Replay {
  /** Newest first. */
  readonly sessions: readonly Session[];
  readonly session: Session | null;
  readonly marks: SessionMarks | undefined;
  /** The event that is looked at; null for now. */
  readonly at: number | null;
  /** Undefined while it is read for the first time. */
  readonly graph: PastGraph | undefined;
  /** The events round the one that is looked at. */
  readonly events: readonly ThalogosEvent[];
  readonly isReading: boolean;
  readonly error: unknown;
  retry(): void;
  /** Looks at an event: for the moment while a hand or a clock moves on, or to stay there, in the address. */
  go(seq: number, how: 'passing' | 'staying'): void;
  /** The event after or before the one that is looked at; null where there is none. */
  findStep(by: 1 | -1): Promise<number | null>;
  live(): void;
  choose(session: string): void;
}

/** The sessions of the project, the one that the address names (else the newest), and whether that one is still open. */
function useSessions() {
  const trpc = useTRPC();
  const project = useProjectId();
  const [named, name] = useAddressChoice('session');
  const query = useQuery(trpc.sessions.list.queryOptions({ project }));
  const sessions = useMemo(
    () => (query.data?.sessions ?? NONE).toSorted((a, b) => b.createdAt - a.createdAt),
    [query.data],
  );
  const current = sessions.find((one) => one.state !== 'finalized') ?? sessions[0] ?? null;
  const session = sessions.find((one) => one.id === named) ?? current;
  return { sessions, session, name, isCurrent: session === current };
}

/** An event that is passed by, and the address that it is passed by over. */
interface Passing {
  readonly seq: number;
  readonly over: string | null;
}

/** Whoever goes elsewhere meanwhile (Back, a link) is followed. */
function passedBy(passing: Passing | null, address: string | null): number | null {
  if (passing === null) return null;
  return address === passing.over || address === String(passing.seq) ? passing.seq : null;
}

/** Which event is looked at, null for now; and how to look at another. */
function useMoment(marks: SessionMarks | undefined, isCurrent: boolean) {
  const [address, setAddress] = useAddressChoice('at');
  // While a hand drags or a clock runs, the address stays: a browser takes only so many of them.
  const [passing, setPassing] = useState<Passing | null>(null);
  const asked = marks === undefined ? null : readMoment(address, marks);
  // A session that is over has no now: its end is looked at.
  const end = isCurrent ? null : (marks?.last ?? null);
  const go: Replay['go'] = (seq, how) => {
    setPassing({ seq, over: address });
    if (how === 'staying') setAddress(String(seq), 'replace');
  };
  const leave = () => {
    setPassing(null);
    setAddress(null, 'replace');
  };
  return { at: passedBy(passing, address) ?? asked ?? end, go, leave };
}

/** The graph at an event of a session, with the events round it. */
function usePastGraph(session: string | null, at: number | null) {
  const { data, error, isPlaceholderData, refetch } = useBlock(session, at);
  const graph = useMemo(
    () => (at === null || data === undefined ? undefined : graphAt(data, at)),
    [at, data],
  );
  const isReading = isPlaceholderData || (at !== null && graph === undefined && error === null);
  return { graph, events: data?.events ?? NO_EVENTS, isReading, error, refetch };
}

/** Replays a session on the graph: `?at=` is the event that is looked at, `?session=` the session. */
export function useReplay(): Replay {
  const { sessions, session, name, isCurrent } = useSessions();
  const id = session?.id ?? null;
  const marksQuery = useMarks(id);
  const marks = marksQuery.data;
  const { at, go, leave } = useMoment(marks, isCurrent);
  const { graph, events, isReading, error, refetch } = usePastGraph(id, at);
  const findStep = useFindStep(id, marks);
  return {
    ...{ sessions, session, marks, at, graph, events, isReading, go },
    error: marksQuery.error ?? error,
    retry: () => void (marksQuery.error === null ? refetch() : marksQuery.refetch()),
    findStep: (by) => findStep(at ?? marks?.last ?? 0, by),
    live: () => {
      leave();
      name(null, 'replace');
    },
    choose: (next) => {
      leave();
      name(next);
    },
  };
}
