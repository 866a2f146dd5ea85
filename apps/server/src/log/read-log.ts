import type { EventPage, EventsInput, ReplayBlock, SessionMarks, ThalogosEvent } from '@thalogos/contracts';
import { REPLAY_BLOCK } from '@thalogos/contracts';
import type { StoredEvent } from '../platform/event-source.ts';
import { Refusal } from '../platform/refusal.ts';
import { parseStored } from '../platform/stored-json.ts';
import type { LogStore } from './log-store.ts';

/** So many events are looked through for one page, and so many numbers; what is rare in a long log takes several. */
const LOOKED_THROUGH = 5000;
const STRETCH = 20_000;
/** What the graph shows besides tasks. */
const STATED = /^(?:goal|conflict|checkpoint|project)\./;

/**
 * A page of the log, as the event stream has it: what was kept from the log when it was written
 * (secrets, above all) is not in it here either.
 */
export function listEvents(store: LogStore, input: EventsInput): EventPage {
  const { project, session, task, types, text, before, after, limit } = input;
  if (before !== undefined && after !== undefined) {
    throw new Refusal('usage', 'Could not read the log both before one event and after another.', {
      hint: 'Give `before` or `after`.',
    });
  }
  const matches = (event: StoredEvent) =>
    (event.project === project || event.project === null) &&
    (text === undefined || event.json.toLowerCase().includes(text.toLowerCase()));
  const stretch = stretchOf(store, input);
  const walk = store.walk({
    ...stretch,
    ...(session === undefined ? {} : { session }),
    ...(task === undefined ? {} : { task }),
    ...(types === undefined ? {} : { types }),
  });
  const events: ThalogosEvent[] = [];
  let looked = 0;
  for (const event of walk) {
    looked += 1;
    if (matches(event)) events.push(toEvent(event));
    if (events.length === limit || looked === LOOKED_THROUGH) return { events, next: event.seq };
  }
  return { events, next: stretch.next };
}

/** The numbers that one page looks at, and where the next page goes on if it finds too little there. */
function stretchOf(store: LogStore, { before, after, session }: EventsInput) {
  const last = store.last();
  if (after !== undefined) {
    const below = after + STRETCH + 1;
    return { above: after, below, isBackward: false, next: below > last ? null : below - 1 };
  }
  const end = session === undefined ? last : (store.bounds(session)?.last ?? 0);
  const below = Math.min(before ?? end + 1, end + 1);
  const above = Math.max(0, below - STRETCH - 1);
  return { above, below, isBackward: true, next: above === 0 ? null : above + 1 };
}

/** Where a session begins and ends in the log, and what marks it. */
export function readMarks(store: LogStore, project: string, session: string): SessionMarks {
  const bounds = boundsOf(store, session);
  const marks = store
    .marks(session, { from: bounds.first, below: Number.MAX_SAFE_INTEGER })
    .filter((event) => event.project === project)
    .map(toEvent);
  const isOver = marks.some(
    (event) => event.type === 'session.moved' && event.data.session.state === 'finalized',
  );
  const last = isOver ? bounds.last : Math.max(bounds.last, store.last());
  return { first: bounds.first, last, events: marks.filter(({ seq }) => seq <= last) };
}

/** One block of a session's replay, and what all events before it came to. */
export function readBlock(
  store: LogStore,
  { project, session, from }: { readonly project: string; readonly session: string; readonly from: number },
): ReplayBlock {
  const { first } = boundsOf(store, session);
  const range = { from, below: from + REPLAY_BLOCK };
  const ofProject = (event: StoredEvent) => event.project === project;
  const shared = (given: typeof range) =>
    store.marks(session, given).filter((event) => ofProject(event) && event.session === null);
  const earlier = store.marks(session, { from: Math.min(first, from), below: from }).filter(ofProject);
  const inOrder = (events: readonly StoredEvent[]) => events.toSorted((a, b) => a.seq - b.seq).map(toEvent);
  return {
    before: inOrder([
      ...store.newestOfTasks(session, from),
      ...earlier.filter(({ type }) => STATED.test(type)),
    ]),
    events: inOrder([...store.between(session, range).filter(ofProject), ...shared(range)]),
  };
}

function boundsOf(store: LogStore, session: string): { readonly first: number; readonly last: number } {
  const bounds = store.bounds(session);
  if (bounds !== null) return bounds;
  throw new Refusal('not-found', `Could not replay session ${session}: the log holds no event of it.`, {
    hint: 'See `thalogos status` for the session that is open.',
  });
}

function toEvent({ json }: StoredEvent): ThalogosEvent {
  return parseStored<ThalogosEvent>(json);
}
