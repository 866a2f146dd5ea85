import { type EventFrame, makeFrameReader } from './event-frames.ts';

/** What is done with the stream of events. */
export interface StreamHands {
  /** The last event that is known: the stream goes on after it. */
  seen(): number;
  /** The stream is there; `newest` is the number of the newest event then, null where the server did not say. */
  opened(newest: number | null): void;
  frame(frame: EventFrame): void;
  /** Something came, an event or a sign of life. */
  heard(): void;
  /** It has ended or could not be had; it is tried again by itself. */
  lost(): void;
  /** The server has an older log than this page: the number of its newest event has to be asked for. */
  ahead(): Promise<void>;
}

/** A stream that is held open. */
export interface HeldStream {
  /** The machine may have slept: a stream that has been silent too long, or a wait for the next try, ends now. */
  wake(): void;
  close(): void;
}

/** Times in ms. */
export interface StreamTimes {
  /** Waits between tries; the last one goes on. */
  readonly retries: readonly number[];
  /** The server says something every 15 s; after so much silence the connection is taken for dead. */
  readonly silence: number;
}

const TIMES: StreamTimes = { retries: [300, 1_000, 2_000, 4_000, 8_000], silence: 40_000 };
const AHEAD = 400;

/** The part of `fetch` that a stream needs. */
export type OpenStream = (after: number, signal: AbortSignal) => Promise<Response>;

const ask: OpenStream = (after, signal) =>
  fetch(`/events?after=${after}`, {
    signal,
    cache: 'no-store',
    credentials: 'same-origin',
    headers: { accept: 'text/event-stream' },
  });

function newestOf(response: Response): number | null {
  const stated = response.headers.get('x-thalogos-event');
  return stated === null ? null : Number(stated);
}

/** Reads one answer to its end; `arm` is called whenever something comes. */
async function readAll(body: ReadableStream<Uint8Array>, hands: StreamHands, arm: () => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const frames = makeFrameReader();
  for (;;) {
    // A connection that breaks is one that ends.
    const step = await reader.read().catch(() => null);
    if (step === null || step.done) return;
    arm();
    hands.heard();
    for (const frame of frames(decoder.decode(step.value, { stream: true }))) {
      try {
        hands.frame(frame);
      } catch (fault) {
        // One event that the page trips over must not cost the ones after it.
        reportError(fault);
      }
    }
  }
}

/** A wait that can be ended early. */
function makePause() {
  let end: () => void = () => undefined;
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return { wait, end: () => end() };
}

/** Ends a connection after a silence; `isQuiet` judges by the clock, because timers may have slept. */
function makeSilence(ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let heardAt = Date.now();
  let attempt = new AbortController();
  const arm = () => {
    heardAt = Date.now();
    clearTimeout(timer);
    timer = setTimeout(() => attempt.abort(), ms);
  };
  return {
    arm,
    begin: (): AbortSignal => {
      attempt = new AbortController();
      arm();
      return attempt.signal;
    },
    end: () => {
      clearTimeout(timer);
      attempt.abort();
    },
    isQuiet: () => Math.abs(Date.now() - heardAt) > ms / 2,
  };
}

/** Holds one stream of events, and opens it again after the last seen event whenever it is lost. */
export function holdStream(
  hands: StreamHands,
  times: StreamTimes = TIMES,
  open: OpenStream = ask,
): HeldStream {
  const pause = makePause();
  const silence = makeSilence(times.silence);
  let isClosed = false;
  let failures = 0;
  const tryOnce = async () => {
    const signal = silence.begin();
    const response = await open(hands.seen(), signal).catch(() => null);
    if (isClosed || response === null) return;
    if (response.status === AHEAD) await hands.ahead();
    if (!response.ok || response.body === null) return;
    failures = 0;
    hands.opened(newestOf(response));
    await readAll(response.body, hands, silence.arm);
  };
  const run = async () => {
    while (!isClosed) {
      await tryOnce();
      silence.end();
      if (isClosed) return;
      hands.lost();
      await pause.wait(times.retries[Math.min(failures, times.retries.length - 1)] ?? 0);
      failures += 1;
    }
  };
  void run();
  return {
    wake: () => {
      pause.end();
      if (silence.isQuiet()) silence.end();
    },
    close: () => {
      isClosed = true;
      pause.end();
      silence.end();
    },
  };
}
