import type { Ear, EarEnd } from './ear.ts';

/** Where speaking stands. */
export type Voice =
  | { readonly kind: 'off'; readonly problem: string | null }
  /** The person is asked whether the browser's maker may hear them. */
  | { readonly kind: 'asking'; readonly canDownload: boolean }
  | { readonly kind: 'preparing'; readonly what: string }
  | { readonly kind: 'listening'; readonly isOnDevice: boolean; readonly guess: string };

/** What a person says when they are asked: hear them here after a download, let the maker hear them, or neither. */
export type VoiceAnswer = 'download' | 'send' | 'no';

/** Silent. */
export const VOICE_OFF: Voice = { kind: 'off', problem: null };

/** Said where the browser can't listen. */
export const NO_EAR =
  'This browser can’t turn speech into text. Chrome, Edge and Safari can; so can the dictation of most systems.';

const PROBLEMS: Readonly<Record<EarEnd, string | null>> = {
  stopped: null,
  silence: 'Nothing was heard. Is the right microphone chosen, and is it on?',
  denied:
    'The browser may not use the microphone. Allow it for this page in the address bar, then try again.',
  'no-microphone': 'There is no microphone. Plug one in, then try again.',
  network: 'The browser could not reach who hears for it. What you said so far is there.',
  language: 'The browser does not understand this language.',
  failed: 'The browser stopped listening. What you said so far is there.',
};

/** What speaking needs; all of it is handed in, so that it can be tried without a microphone. */
export interface VoiceDeps {
  readonly ear: Ear | null;
  /** Whether the person has let the browser's maker hear them, in this browser. */
  readonly consent: { get(): boolean; keep(): void };
  /** Words to be looked at; nothing is ever sent. */
  readonly onWords: (words: string) => void;
  readonly onChange: (voice: Voice) => void;
}

/** Speaking: begins, asks before any sound leaves the machine, and ends. */
export interface VoiceControl {
  start(): Promise<void>;
  answer(answer: VoiceAnswer): Promise<void>;
  stop(): void;
}

/** Makes speaking work. */
export function makeVoice({ ear, consent, onWords, onChange }: VoiceDeps): VoiceControl {
  let end: (() => void) | null = null;
  const off = (problem: string | null) => {
    end = null;
    onChange({ kind: 'off', problem });
  };
  const listen = (isOnDevice: boolean) => {
    if (ear === null) return;
    const show = (guess: string) => onChange({ kind: 'listening', isOnDevice, guess });
    try {
      end = ear.listen(isOnDevice, {
        words: onWords,
        guess: show,
        end: (why) => off(PROBLEMS[why]),
      });
      show('');
    } catch {
      // A browser may have a recogniser that it does not let a page start.
      off(PROBLEMS.failed);
    }
  };
  return {
    start: async () => {
      if (end !== null) return;
      if (ear === null) return off(NO_EAR);
      onChange({ kind: 'preparing', what: 'Looking how this browser listens' });
      const hearing = await ear.look();
      if (hearing === 'on-device' || (hearing === 'by-its-maker' && consent.get()))
        return listen(hearing === 'on-device');
      onChange({ kind: 'asking', canDownload: hearing === 'on-device-after-download' });
    },
    answer: async (answer) => {
      if (answer === 'no' || ear === null) return off(null);
      if (answer === 'send') {
        consent.keep();
        return listen(false);
      }
      onChange({ kind: 'preparing', what: 'The browser fetches what it needs to listen by itself' });
      if (await ear.download()) listen(true);
      else off('The browser could not fetch what it needs to listen by itself.');
    },
    stop: () => end?.(),
  };
}

/** A text with more words after it. */
export function withWords(text: string, words: string): string {
  const more = words.trim();
  if (more === '') return text;
  return text === '' || /\s$/.test(text) ? `${text}${more}` : `${text} ${more}`;
}
