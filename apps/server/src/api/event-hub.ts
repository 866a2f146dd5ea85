import type { Clock } from '../platform/clock.ts';
import type { SourceFilter, StoredEvent } from '../platform/event-source.ts';
import { type EventSource, passes, toFrame } from './event-source.ts';

/** Where a viewer's bytes go. */
export interface Sink {
  write(bytes: Buffer): void;
  /** Bytes handed over that the other side has not taken yet. */
  unsent(): number;
  /** Settles when everything handed over has been taken, or the stream has ended. */
  drained(): Promise<void>;
  /** Ends the stream: in order, or at once when the other side does not listen. */
  end(how: 'in-order' | 'at-once'): void;
}

/** How much is held for one viewer, and how often. */
export interface HubLimits {
  /** Bytes; a live viewer that still has more than this to take when there is news is dropped, and resumes by its cursor. */
  readonly unsent: number;
  /** Milliseconds between comments that show that the stream lives. */
  readonly heartbeat: number;
  /** Milliseconds that a viewer may take for one page of a replay. */
  readonly stall: number;
}

/** The limits of a server on a person's own machine. */
export const DEFAULT_HUB_LIMITS: HubLimits = { unsent: 256 * 1024, heartbeat: 15_000, stall: 30_000 };

/** Someone who watches: from where on, what, and where it goes. */
export interface NewViewer {
  readonly cursor: number;
  readonly filter: SourceFilter;
  readonly sink: Sink;
}

/** What a hub needs. */
export interface HubOptions {
  readonly source: EventSource;
  readonly clock: Clock;
  readonly limits?: HubLimits;
}

interface Viewer {
  readonly filter: SourceFilter;
  readonly group: string;
  readonly sink: Sink;
  /** Everything up to here has been sent, or is not for this viewer. */
  seen: number;
  isLive: boolean;
}

const PAGE = 500;
/** A replay goes on once less than this is unsent, so that a slow reader of an old log holds a page and no more. */
const REPLAY_UNSENT = 64 * 1024;

/** Up to a hundred viewers get events within 8 ms; past that a frame gathers 50 ms of them, or the sending alone would fill a core. */
const tickMs = (viewers: number) => (viewers <= 100 ? 8 : 50);

/** Everyone who watches the log: one read and one serialisation of each event, however many they are. */
export class EventHub {
  readonly #source: EventSource;
  readonly #clock: Clock;
  readonly #limits: HubLimits;
  readonly #viewers = new Set<Viewer>();
  readonly #unsubscribe: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  #delivered = 0;
  #dropped = 0;
  /** Everything up to here has been given to the live viewers. */
  #position: number;
  #lastFlush = 0;
  #isScheduled = false;

  constructor({ source, clock, limits = DEFAULT_HUB_LIMITS }: HubOptions) {
    this.#source = source;
    this.#clock = clock;
    this.#limits = limits;
    this.#position = source.last();
    this.#unsubscribe = source.onAppended(() => this.#schedule());
    this.#heartbeat = setInterval(() => this.#beat(), limits.heartbeat);
    this.#heartbeat.unref();
  }

  /** Sends everything after the cursor, then everything new, each once and in order; the returned function ends it. */
  join({ cursor, filter, sink }: NewViewer): () => void {
    // While nobody watched nothing was read; what was written meanwhile is the replay's, not the next frame's.
    if (this.#viewers.size === 0) this.#position = this.#source.last();
    const viewer: Viewer = {
      filter,
      group: JSON.stringify([filter.project, filter.session, filter.task]),
      sink,
      seen: cursor,
      isLive: false,
    };
    this.#viewers.add(viewer);
    this.#replay(viewer).catch(() => this.#drop(viewer));
    return () => this.#leave(viewer, 'in-order');
  }

  /** How many watch. */
  size(): number {
    return this.#viewers.size;
  }

  /** Events handed to viewers, and viewers dropped for not reading, since the start. */
  counts(): { delivered: number; dropped: number } {
    return { delivered: this.#delivered, dropped: this.#dropped };
  }

  /** Ends all streams. */
  close(): void {
    this.#unsubscribe();
    clearInterval(this.#heartbeat);
    for (const viewer of this.#viewers) this.#leave(viewer, 'in-order');
  }

  #schedule(): void {
    if (this.#isScheduled || this.#viewers.size === 0) return;
    this.#isScheduled = true;
    const wait = this.#lastFlush + tickMs(this.#viewers.size) - this.#clock.now();
    // Never within the append itself: whoever appends does not wait for a thousand sockets.
    if (wait <= 0) setImmediate(() => this.#flush());
    else setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    this.#isScheduled = false;
    this.#lastFlush = this.#clock.now();
    while (this.#viewers.size > 0) {
      const from = this.#position;
      const rows = this.#source.after(from, {}, PAGE);
      this.#position = rows.at(-1)?.seq ?? from;
      if (rows.length > 0) this.#deliver(rows, from);
      if (rows.length < PAGE) return;
    }
  }

  #deliver(rows: readonly StoredEvent[], from: number): void {
    const frames = makeFrames(rows);
    for (const viewer of this.#viewers) {
      if (!viewer.isLive) continue;
      const { bytes, count } = viewer.seen <= from ? frames.shared(viewer) : frames.own(viewer);
      viewer.seen = Math.max(viewer.seen, this.#position);
      if (count > 0) this.#send(viewer, bytes, count);
    }
  }

  #send(viewer: Viewer, bytes: Buffer, count: number): void {
    // Judged by what it left of earlier frames: one large frame, shared by all, is no fault of the reader's.
    if (viewer.isLive && viewer.sink.unsent() > this.#limits.unsent) {
      this.#drop(viewer);
      return;
    }
    viewer.sink.write(bytes);
    this.#delivered += count;
  }

  async #replay(viewer: Viewer): Promise<void> {
    while (this.#viewers.has(viewer)) {
      const upTo = this.#source.last();
      const rows = this.#source.after(viewer.seen, viewer.filter, PAGE);
      const isLastPage = rows.length < PAGE;
      if (rows.length > 0) this.#send(viewer, Buffer.from(rows.map(toFrame).join('')), rows.length);
      viewer.seen = Math.max(viewer.seen, rows.at(-1)?.seq ?? 0, isLastPage ? upTo : 0);
      const isBehind = viewer.sink.unsent() > REPLAY_UNSENT;
      if (isLastPage && !isBehind) {
        viewer.isLive = true;
        return;
      }
      if (isBehind && !(await isWithin(viewer.sink.drained(), this.#limits.stall))) this.#drop(viewer);
    }
  }

  #beat(): void {
    const bytes = Buffer.from(`: ${this.#clock.now()}\n\n`);
    for (const viewer of this.#viewers) this.#send(viewer, bytes, 0);
  }

  #drop(viewer: Viewer): void {
    this.#dropped += 1;
    this.#leave(viewer, 'at-once');
  }

  #leave(viewer: Viewer, how: 'in-order' | 'at-once'): void {
    if (this.#viewers.delete(viewer)) viewer.sink.end(how);
  }
}

interface Frames {
  readonly bytes: Buffer;
  readonly count: number;
}

/** The frames of some events: joined once for each filter, or from a viewer's own place on. */
function makeFrames(rows: readonly StoredEvent[]) {
  const texts = rows.map(toFrame);
  const byGroup = new Map<string, Frames>();
  const join = (wants: (row: StoredEvent) => boolean): Frames => {
    const chosen = texts.filter((_, index) => {
      const row = rows[index];
      return row !== undefined && wants(row);
    });
    return { bytes: Buffer.from(chosen.join('')), count: chosen.length };
  };
  const shared = ({ group, filter }: Viewer): Frames => {
    const known = byGroup.get(group) ?? join((row) => passes(row, filter));
    byGroup.set(group, known);
    return known;
  };
  return { shared, own: ({ filter, seen }: Viewer) => join((row) => row.seq > seen && passes(row, filter)) };
}

async function isWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  const isInTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return isInTime;
}
