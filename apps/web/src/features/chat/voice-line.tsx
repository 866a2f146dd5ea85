import { Button } from '../../ui/button.tsx';
import type { Voice, VoiceControl } from './voice.ts';

/** What speaking is doing, below the composer; asks before any sound leaves the machine. */
export function VoiceLine({ voice, control }: { readonly voice: Voice; readonly control: VoiceControl }) {
  switch (voice.kind) {
    case 'off':
      return voice.problem === null ? null : (
        <p className="f12 field-problem" role="alert">
          {voice.problem}
        </p>
      );
    case 'preparing':
      return (
        <p className="f12 t2" role="status">
          {voice.what}…
        </p>
      );
    case 'listening':
      return (
        <p className="f12 t2" role="status">
          {voice.isOnDevice
            ? 'Listening, on this machine. '
            : 'Listening, with the help of the browser’s maker. '}
          <em>{voice.guess === '' ? 'Speak; you look at the words before you send them.' : voice.guess}</em>
        </p>
      );
    case 'asking':
      return (
        <div className="voice-ask" role="group" aria-label="Who may hear you?">
          <p className="f12">
            This browser sends what you say to its maker, who sends back the words. Thalogos sends nothing of
            it anywhere. You are asked once in this browser.
          </p>
          <span className="row">
            {voice.canDownload && (
              <Button size="sm" onClick={() => void control.answer('download')}>
                Fetch it, and listen on this machine
              </Button>
            )}
            <Button size="sm" onClick={() => void control.answer('send')}>
              Let its maker hear me
            </Button>
            <Button size="sm" variant="ghost" onClick={() => void control.answer('no')}>
              No
            </Button>
          </span>
        </div>
      );
  }
}
