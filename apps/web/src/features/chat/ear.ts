/** How a person's speech could be heard. */
export type Hearing =
  /** By the browser itself: no sound leaves the machine. */
  | 'on-device'
  /** The same, once the browser has fetched what it needs. */
  | 'on-device-after-download'
  /** By the browser's maker, who is sent the sound. */
  | 'by-its-maker';

/** Why listening ended. */
export type EarEnd = 'stopped' | 'silence' | 'denied' | 'no-microphone' | 'network' | 'language' | 'failed';

/** What is told while listening; `end` comes last, and once. */
export interface EarEvents {
  /** Words that will not change any more. */
  readonly words: (text: string) => void;
  /** What it takes the words under way for. */
  readonly guess: (text: string) => void;
  readonly end: (why: EarEnd) => void;
}

/** Turns speech into words, as far as the browser can. */
export interface Ear {
  /** How it would listen now. */
  look(): Promise<Hearing>;
  /** Fetches what it needs to listen by itself; false where that failed. */
  download(): Promise<boolean>;
  /** Begins; the returned function ends it. */
  listen(onDevice: boolean, events: EarEvents): () => void;
}

interface SpeechAlternative {
  readonly transcript: string;
}

interface SpeechResult {
  readonly isFinal: boolean;
  readonly [index: number]: SpeechAlternative | undefined;
}

interface SpeechEvent extends Event {
  readonly resultIndex: number;
  readonly results: ArrayLike<SpeechResult>;
}

interface SpeechFault extends Event {
  readonly error: string;
}

/** The browser's own recogniser; what is optional is newer. */
interface Recogniser extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally?: boolean;
  onresult: ((event: SpeechEvent) => void) | null;
  onerror: ((event: SpeechFault) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
}

/** The languages that are asked about, and whether they are to be heard without sending anything. */
interface LocalWish {
  readonly langs: readonly string[];
  readonly processLocally: boolean;
}

/** How the browser makes its recogniser. */
export interface RecogniserMaker {
  new (): Recogniser;
  available?(wish: LocalWish): Promise<string>;
  install?(wish: LocalWish): Promise<boolean>;
}

declare global {
  interface Window {
    readonly SpeechRecognition?: RecogniserMaker;
    readonly webkitSpeechRecognition?: RecogniserMaker;
  }
}

const ENDS: Readonly<Record<string, EarEnd>> = {
  aborted: 'stopped',
  'no-speech': 'silence',
  'not-allowed': 'denied',
  'service-not-allowed': 'denied',
  'audio-capture': 'no-microphone',
  network: 'network',
  'language-not-supported': 'language',
};

/** The ear of a browser; null where it has none. */
export function findEar(make: RecogniserMaker | undefined, language: string): Ear | null {
  if (make === undefined) return null;
  const wish: LocalWish = { langs: [language], processLocally: true };
  return {
    look: async () => {
      const state = await make.available?.(wish).catch(() => 'unavailable');
      if (state === 'available') return 'on-device';
      const canDownload = state === 'downloadable' || state === 'downloading';
      return canDownload && make.install !== undefined ? 'on-device-after-download' : 'by-its-maker';
    },
    download: async () => (await make.install?.(wish).catch(() => false)) ?? false,
    listen: (onDevice, events) => listen(new make(), { language, onDevice, events }),
  };
}

interface Order {
  readonly language: string;
  readonly onDevice: boolean;
  readonly events: EarEvents;
}

function listen(recogniser: Recogniser, { language, onDevice, events }: Order): () => void {
  let why: EarEnd = 'stopped';
  recogniser.lang = language;
  recogniser.continuous = true;
  recogniser.interimResults = true;
  if (onDevice) recogniser.processLocally = true;
  recogniser.onresult = ({ results, resultIndex }) => {
    const heard = Array.from(results).slice(resultIndex);
    const textOf = (isFinal: boolean) =>
      heard
        .filter((one) => one.isFinal === isFinal)
        .map((one) => one[0]?.transcript ?? '')
        .join('');
    const words = textOf(true);
    if (words.trim() !== '') events.words(words);
    events.guess(textOf(false));
  };
  recogniser.onerror = ({ error }) => {
    why = ENDS[error] ?? 'failed';
  };
  recogniser.onend = () => events.end(why);
  recogniser.start();
  return () => recogniser.stop();
}
