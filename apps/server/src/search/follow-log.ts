import type { Diff, Oid, TranscriptBlock } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import { parseStored } from '../platform/stored-json.ts';
import { blockText } from './block-text.ts';
import { changeDocument, findsIn, type MoreToRead, type SearchDocument, TELLING } from './documents.ts';
import type { SearchStore } from './search-store.ts';

/** One event of the log as it is read: its place, its kind and the event itself as JSON. */
interface LoggedEvent {
  readonly seq: number;
  readonly type: string;
  readonly json: string;
}

/** What the index is made of. */
export interface FollowDeps {
  readonly store: SearchStore;
  readonly events: {
    after(seq: number, filter: object, limit: number): readonly LoggedEvent[];
    last(): number;
    onAppended(listener: () => void): () => void;
  };
  readonly readBlocks: (task: string, after: number, limit: number) => readonly TranscriptBlock[];
  readonly readChange: (task: string, result: Oid) => Promise<Pick<Diff, 'files' | 'patch'>>;
  readonly clock: Clock;
  readonly onFault: (cause: unknown) => void;
}

/** The index as it follows the log. */
export interface LogFollower {
  /** Begins to read what the index does not hold yet, in a while; returns at once. */
  start(): void;
  /** Whether older events are still being read in. */
  isBuilding(): boolean;
  /** Resolves when everything that was in the log at this moment has been read. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

const EVENTS = 400;
const BLOCKS = 100;
/** How long it rests before it looks at what is new, in ms: typing agents are faster than people search. */
const REST_MS = 400;
/** How long it lets a server that starts have everything for itself. */
const START_MS = 1500;
/** And after a fault. */
const AFTER_FAULT_MS = 10_000;

/**
 * Keeps the index in step with the log from a place of its own, a stretch at a time and others between. It reads and
 * writes nothing else: an index that is lost, or that knows another log's future, is made anew from the first event.
 */
export function makeLogFollower(deps: FollowDeps): LogFollower {
  const { store, events, clock, onFault } = deps;
  let isOpen = true;
  let isStarted = false;
  let turn: Promise<void> = Promise.resolve();
  let cancelRest: (() => void) | null = null;
  const stopListening = events.onAppended(() => {
    if (isStarted) rest(REST_MS);
  });
  const rest = (ms: number) => {
    if (!isOpen || cancelRest !== null) return;
    cancelRest = clock.after(ms, () => {
      cancelRest = null;
      void go();
    });
  };
  const readOn = async () => {
    while (isOpen && (await takeStretch(deps))) await pause();
  };
  const go = () => {
    turn = turn.then(readOn).catch((cause: unknown) => {
      onFault(cause);
      rest(AFTER_FAULT_MS);
    });
    return turn;
  };
  const seen = () => store.place()?.seq ?? 0;
  return {
    start: () => {
      isStarted = true;
      if (!isOurs(deps)) store.clear();
      rest(START_MS);
    },
    isBuilding: () => events.last() - seen() > EVENTS,
    caughtUp: () => go(),
    close: async () => {
      isOpen = false;
      stopListening();
      cancelRest?.();
      await turn;
      store.close();
    },
  };
}

/** Whether the index was made of this very log: the event that it read last is still the one there. */
function isOurs({ store, events }: FollowDeps): boolean {
  const place = store.place();
  if (place === null) return true;
  return events.after(place.seq - 1, {}, 1)[0]?.json === place.event;
}

/** Reads the next stretch of the log into the index; false where there is none. */
async function takeStretch(deps: FollowDeps): Promise<boolean> {
  const { store, events } = deps;
  const stretch = events.after(store.place()?.seq ?? 0, {}, EVENTS);
  const last = stretch.at(-1);
  if (last === undefined) return false;
  const found = stretch.filter(({ type }) => TELLING.has(type)).map(({ json }) => findsIn(parseStored(json)));
  const documents: SearchDocument[] = found.flatMap((one) => one.documents);
  for (const more of found.flatMap((one) => one.more)) documents.push(...(await readMore(deps, more)));
  store.take(documents, { seq: last.seq, event: last.json });
  return true;
}

async function readMore(deps: FollowDeps, more: MoreToRead): Promise<readonly SearchDocument[]> {
  if (more.kind === 'transcript') {
    await readTranscript(deps, more);
    return [];
  }
  const { result } = more.task;
  if (result === null) return [];
  try {
    return [changeDocument(more, await deps.readChange(more.task.id, result))];
  } catch (cause) {
    // Its objects may be gone by now; what else there is to find is found all the same.
    deps.onFault(cause);
    return [];
  }
}

/** Reads on where the index stands, so that no block is read in twice. */
async function readTranscript(
  { store, readBlocks }: FollowDeps,
  { project, task, upto }: Extract<MoreToRead, { kind: 'transcript' }>,
): Promise<void> {
  for (let after = store.lastBlock(task); after < upto; ) {
    const blocks = readBlocks(task, after, BLOCKS);
    const last = blocks.at(-1);
    if (last === undefined) return;
    const ready = blocks.filter(({ seq }) => seq <= upto);
    store.takeBlocks(
      { project, task },
      ready.map((block) => ({ seq: block.seq, words: blockText(block) })),
    );
    after = last.seq;
    await pause();
  }
}

/** Lets whoever waits have the next turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
