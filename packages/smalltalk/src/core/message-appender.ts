import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { Clock } from '../types/clock.ts';
import { StorageError, ValidationError } from '../types/errors.ts';
import type { HistoryEntry } from '../types/session.ts';
import type { KeyedMutex } from './keyed-mutex.ts';
import type { LiveSession } from './live-session.ts';
import type { SessionWriter } from './session-writer.ts';

type Waiting = {
  readonly entry: HistoryEntry;
  readonly resolve: (sequence: number) => void;
  readonly reject: (error: unknown) => void;
};

/** What an appender is made of. */
export type MessageAppenderParts = {
  readonly storage: StorageAdapter;
  readonly writer: SessionWriter;
  readonly mutex: KeyedMutex;
  readonly clock: Clock;
};

/** Adds messages to sessions: those that come while the disk is busy are written together, each in its order. */
export class MessageAppender {
  readonly #parts: MessageAppenderParts;
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(parts: MessageAppenderParts) {
    this.#parts = parts;
  }

  /** Resolves with the message's place in its history once it is stored; what rejects was not kept. */
  append(live: LiveSession, entry: HistoryEntry): Promise<number> {
    const { id } = live.session;
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(id) ?? [];
      waiting.push({ entry, resolve, reject });
      if (waiting.length > 1) return;
      this.#waiting.set(id, waiting);
      void this.#parts.mutex.run(id, async () => {
        this.#waiting.delete(id);
        await this.#write(live, waiting);
      });
    });
  }

  async #write(live: LiveSession, batch: readonly Waiting[]): Promise<void> {
    try {
      const last = await this.#store(
        live,
        batch.map(({ entry }) => entry),
      );
      for (const [index, { resolve }] of batch.entries()) resolve(last - batch.length + 1 + index);
    } catch (error) {
      // One message that is too large must not take those along that happened to come with it.
      if (error instanceof ValidationError && batch.length > 1)
        for (const one of batch) await this.#write(live, [one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  async #store(live: LiveSession, entries: readonly HistoryEntry[]): Promise<number> {
    const { storage, writer, clock } = this.#parts;
    const { session } = live;
    if (live.isNew && !(await writer.write(live)))
      throw new StorageError(`Session ${session.id} is stored already, by someone else`);
    const at = new Date(clock.now());
    const { sequence, version } = await storage.appendMessages(session.id, entries, at);
    if (version === session.version + 1) this.#keep(live, entries, { version, at });
    else await writer.refresh(live);
    return sequence;
  }

  /** Takes note of what is stored now: before entries that somebody added to the history by hand and has not saved. */
  #keep(
    live: LiveSession,
    entries: readonly HistoryEntry[],
    { version, at }: { version: number; at: Date },
  ): void {
    const { session, stored } = live;
    const place = stored?.entries ?? session.conversationHistory.length;
    session.conversationHistory.splice(place, 0, ...entries);
    session.version = version;
    session.updatedAt = at;
    if (session.state === 'idle') session.state = 'active';
    if (stored === undefined) return;
    live.stored = {
      ...stored,
      version,
      state: stored.state === 'idle' ? 'active' : stored.state,
      entries: place + entries.length,
      first: session.conversationHistory.at(0),
      last: entries.at(-1),
    };
  }
}
