import { describe, expect, it } from 'vitest';
import { type Ear, type EarEvents, findEar, type Hearing, type RecogniserMaker } from './ear.ts';
import { makeVoice, NO_EAR, type Voice, withWords } from './voice.ts';

/** Speaking with an ear of a test's own. */
function speak(hearing: Hearing | null, { consent = false, downloads = true } = {}) {
  const seen: Voice[] = [];
  const words: string[] = [];
  const listened: boolean[] = [];
  let events: EarEvents | null = null;
  let kept = consent;
  const ear: Ear = {
    look: async () => hearing ?? 'by-its-maker',
    download: async () => downloads,
    listen: (isOnDevice, told) => {
      listened.push(isOnDevice);
      events = told;
      return () => told.end('stopped');
    },
  };
  const voice = makeVoice({
    ear: hearing === null ? null : ear,
    consent: { get: () => kept, keep: () => void (kept = true) },
    onWords: (said) => void words.push(said),
    onChange: (now) => void seen.push(now),
  });
  return { voice, words, listened, now: () => seen.at(-1), events: () => events!, kept: () => kept };
}

describe('speaking', () => {
  it('begins at once where no sound leaves the machine', async () => {
    const { voice, words, listened, now, events } = speak('on-device');
    await voice.start();
    events().guess('add a f');
    expect(now()).toEqual({ kind: 'listening', isOnDevice: true, guess: 'add a f' });
    events().words('Add a fare');
    voice.stop();
    expect([listened, words, now()]).toEqual([[true], ['Add a fare'], { kind: 'off', problem: null }]);
  });

  it('asks before the sound goes to the browser’s maker, and remembers a yes', async () => {
    const { voice, listened, now, kept } = speak('by-its-maker');
    await voice.start();
    expect([now(), listened]).toEqual([{ kind: 'asking', canDownload: false }, []]);
    await voice.answer('no');
    expect([now(), kept()]).toEqual([{ kind: 'off', problem: null }, false]);
    await voice.start();
    await voice.answer('send');
    expect([listened, kept()]).toEqual([[false], true]);
    voice.stop();
    await voice.start();
    expect(listened).toEqual([false, false]);
  });

  it('offers to listen on the machine where the browser can fetch that', async () => {
    const { voice, listened, now } = speak('on-device-after-download', { consent: true });
    await voice.start();
    expect(now()).toEqual({ kind: 'asking', canDownload: true });
    await voice.answer('download');
    expect(listened).toEqual([true]);
    const failing = speak('on-device-after-download', { downloads: false });
    await failing.voice.start();
    await failing.voice.answer('download');
    expect(failing.now()).toMatchObject({ problem: expect.stringContaining('could not fetch') as string });
  });

  it.each([
    ['denied', 'may not use the microphone'],
    ['no-microphone', 'There is no microphone'],
    ['silence', 'Nothing was heard'],
  ] as const)('says what is the matter: %s', async (why, said) => {
    const { voice, now, events } = speak('on-device');
    await voice.start();
    events().end(why);
    expect(now()).toMatchObject({ kind: 'off', problem: expect.stringContaining(said) as string });
  });

  it('says why it can not be where the browser has no ear', async () => {
    const { voice, now } = speak(null);
    await voice.start();
    expect(now()).toEqual({ kind: 'off', problem: NO_EAR });
  });

  it('puts words after those that are there', () => {
    expect(withWords('', ' Add')).toBe('Add');
    expect(withWords('Add', 'a fare')).toBe('Add a fare');
    expect(withWords('Add\n', 'a fare')).toBe('Add\na fare');
  });
});

describe('the ear of a browser', () => {
  it('is absent where the browser has no recogniser', () => expect(findEar(undefined, 'en')).toBeNull());

  it('tells words that are final, guesses, and why it ended', () => {
    const made: FakeRecogniser[] = [];
    class FakeRecogniser extends EventTarget {
      lang = '';
      continuous = false;
      interimResults = false;
      processLocally = false;
      onresult: ((event: never) => void) | null = null;
      onerror: ((event: never) => void) | null = null;
      onend: (() => void) | null = null;
      constructor() {
        super();
        made.push(this);
      }
      start() {}
      stop() {
        this.onend?.();
      }
    }
    const told: string[] = [];
    const ear = findEar(FakeRecogniser as unknown as RecogniserMaker, 'de-AT');
    ear?.listen(true, {
      words: (text) => void told.push(text),
      guess: (text) => void told.push(`? ${text}`),
      end: (why) => void told.push(why),
    });
    const [recogniser] = made;
    const result = (isFinal: boolean, transcript: string) => ({ isFinal, 0: { transcript } });
    const results = [result(true, 'old '), result(true, 'Add a fare'), result(false, 'and')];
    recogniser?.onresult?.({ resultIndex: 1, results } as never);
    recogniser?.onerror?.({ error: 'not-allowed' } as never);
    recogniser?.onend?.();
    expect(told).toEqual(['Add a fare', '? and', 'denied']);
    expect(recogniser).toMatchObject({ lang: 'de-AT', continuous: true, processLocally: true });
  });
});
