import { useEffect, useMemo, useState } from 'react';
import { changeDraft } from '../../lib/draft-state.ts';
import { findEar } from './ear.ts';
import { makeVoice, type Voice, VOICE_OFF, withWords } from './voice.ts';

const CONSENT = 'thalogos.voice';

const consent = {
  get: () => localStorage.getItem(CONSENT) === 'yes',
  keep: () => localStorage.setItem(CONSENT, 'yes'),
};

/** Speaking into a draft: the words land in it to be looked at, and are sent by nobody but the person. */
export function useVoice(place: string) {
  const [voice, setVoice] = useState<Voice>(VOICE_OFF);
  const ear = useMemo(
    () => findEar(window.SpeechRecognition ?? window.webkitSpeechRecognition, navigator.language),
    [],
  );
  const control = useMemo(
    () =>
      makeVoice({
        ...{ ear, consent, onChange: setVoice },
        onWords: (words) => changeDraft(place, ({ text }) => ({ text: withWords(text, words) })),
      }),
    [ear, place],
  );
  useEffect(() => () => control.stop(), [control]);
  return { voice, control, hasEar: ear !== null };
}
