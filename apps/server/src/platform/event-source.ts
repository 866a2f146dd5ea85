import type { LogEvent, RawEvent, SqliteEventLog } from '@thalogos/smalltalk';
import { ThalogosEvent } from '@thalogos/contracts';
import { parseStored } from './stored-json.ts';

/** One event of the log, with the event of the contract as JSON on one line. */
export interface StoredEvent {
  readonly seq: number;
  readonly type: string;
  readonly project: string | null;
  readonly session: string | null;
  readonly task: string | null;
  readonly json: string;
}

/** What a reader wants to see; a name that is left out narrows nothing. */
export interface SourceFilter {
  readonly project?: string;
  readonly session?: string;
  readonly task?: string;
}

/** The log as streams read it. */
export interface EventSource {
  after(seq: number, filter: SourceFilter, limit: number): readonly StoredEvent[];
  last(): number;
  onAppended(listener: () => void): () => void;
  close(): void;
}

/** How many kinds of events are remembered; a run of a task writes hundreds of events of the same few. */
const MAX_KNOWN = 1000;

/** Reads the log in the shape of the contract and tells listeners after each commit. */
export function makeEventSource(log: SqliteEventLog): EventSource {
  const listeners = new Set<() => void>();
  const ending = new AbortController();
  const store = makeStoring();
  const tell = async () => {
    for (let seen = log.lastSync(); !ending.signal.aborted; seen = log.lastSync()) {
      await log.waitForNewer(seen, ending.signal);
      for (const listener of listeners) listener();
    }
  };
  const telling = tell().catch((cause: unknown) => {
    // The log is closed before its readers only when the server ends.
    if (!ending.signal.aborted) throw cause;
  });
  return {
    after: (seq, filter, limit) => log.rawAfter(seq, logFilter(filter), limit).map(store),
    last: () => log.lastSync(),
    onAppended: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      ending.abort();
      void telling;
    },
  };
}

/** An event of the log as the contract has it. */
export function toThalogosEvent(event: LogEvent): ThalogosEvent {
  return ThalogosEvent.parse(contractShape(event));
}

function contractShape({ seq, timestamp, topic, payload, sessionId, metadata }: LogEvent) {
  const { project = null, task = null, by = 'orchestrator' } = metadata ?? {};
  return { seq, at: timestamp, type: topic, project, session: sessionId ?? null, task, by, data: payload };
}

/** What many events have in common, and how it reads in each of them. */
interface About {
  readonly project: string | null;
  readonly session: string | null;
  readonly task: string | null;
  readonly json: string;
}

/** Glues events of the contract from stored texts: their data, most of them by far, is never parsed on its way to a viewer. */
export function makeStoring(): (event: Omit<RawEvent, 'json'>) => StoredEvent {
  const known = new Map<string, About>();

  function aboutOf(event: Omit<RawEvent, 'json'>): About {
    // None of the three can hold the character between them.
    const key = `${event.topic}\0${event.sessionId ?? ''}\0${event.metadata ?? ''}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MAX_KNOWN) known.clear();
    const about = readAbout(event);
    known.set(key, about);
    return about;
  }

  return (event) => {
    const { seq, topic, timestamp, payload } = event;
    const { project, session, task, json } = aboutOf(event);
    const whole = `{"seq":${seq},"at":${timestamp},${json},"data":${payload}}`;
    return { seq, type: topic, project, session, task, json: whole };
  };
}

function readAbout({ topic, sessionId, metadata }: Omit<RawEvent, 'json'>): About {
  const { project, task, by = 'orchestrator' } = metadata === undefined ? {} : parseStored<Marks>(metadata);
  const about = { project: text(project), session: sessionId ?? null, task: text(task) };
  return { ...about, json: JSON.stringify({ type: topic, ...about, by }).slice(1, -1) };
}

/** What the recorder notes beside an event. */
interface Marks {
  readonly project?: unknown;
  readonly task?: unknown;
  readonly by?: unknown;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function logFilter({ project, session, task }: SourceFilter) {
  const metadata = { ...(project === undefined ? {} : { project }), ...(task === undefined ? {} : { task }) };
  return {
    ...(session === undefined ? {} : { sessionId: session }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  };
}
