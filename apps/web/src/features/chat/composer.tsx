import type { Session } from '@thalogos/contracts';
import { Mic, Paperclip, Square } from 'lucide-react';
import { type ClipboardEvent, type FormEvent, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { DraftFiles } from './draft-files.tsx';
import { Offers } from './offers.tsx';
import { addFiles, type FilePlace } from './uploads.ts';
import { useComposer, useSaid } from './use-composer.ts';
import { useOffers } from './use-offers.ts';
import { useTextKeys } from './use-text-keys.ts';
import { useVoice } from './use-voice.ts';
import { VoiceLine } from './voice-line.tsx';

interface ComposerProps {
  readonly project: string;
  readonly session: Session | null;
}

/** Chooses files to go along. */
function AttachButton({ where, block }: { readonly where: FilePlace; readonly block: string | null }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        size="lg"
        label="Attach files"
        disabledBecause={block}
        onClick={() => input.current?.click()}
      >
        <Paperclip size={16} aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={({ target }) => {
          addFiles(where, [...(target.files ?? [])]);
          // The same file may be chosen again after it was taken away.
          target.value = '';
        }}
      />
    </>
  );
}

function VoiceButton({ use }: { readonly use: ReturnType<typeof useVoice> }) {
  const { voice, control, hasEar } = use;
  if (!hasEar) return null;
  const isListening = voice.kind === 'listening';
  return (
    <IconButton
      size="lg"
      label={isListening ? 'Stop listening' : 'Speak instead of typing'}
      aria-pressed={isListening}
      busy={voice.kind === 'preparing'}
      onClick={() => (isListening ? control.stop() : void control.start())}
    >
      {isListening ? <Square size={16} aria-hidden /> : <Mic size={16} aria-hidden />}
    </IconButton>
  );
}

/** Where one says a goal or a command; Enter sends, Shift+Enter makes a new line. */
export function Composer({ project, session }: ComposerProps) {
  const { place, block, draft, why, problem, setText, send, isPending } = useComposer(project, session);
  const where = { place, project };
  const voice = useVoice(place);
  const { offers, chosen, take, onKey } = useOffers(draft.text, setText);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (draft.text.trim() !== '/voice') return send();
    setText('');
    void voice.control.start();
  };
  const onKeyDown = useTextKeys({ said: useSaid(session), setText, send: submit, onOfferKey: onKey });
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    if (block === null) addFiles(where, files);
  };
  return (
    <form className="composer" onSubmit={submit} aria-label="Say something to the swarm">
      {offers.length > 0 && chosen !== undefined && <Offers offers={offers} chosen={chosen} onTake={take} />}
      <DraftFiles place={place} project={project} />
      <div className="composer-row">
        <TextArea
          label="Goal or command"
          quietLabel
          rows={1}
          value={draft.text}
          problem={problem}
          placeholder={block ?? 'A goal, or / for commands'}
          aria-controls={offers.length > 0 ? 'composer-offers' : undefined}
          aria-activedescendant={chosen === undefined ? undefined : `offer-${offers.indexOf(chosen)}`}
          aria-autocomplete="list"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <AttachButton where={where} block={block} />
        <VoiceButton use={voice} />
        <Button type="submit" size="lg" keys="enter" busy={isPending} disabledBecause={why}>
          Send
        </Button>
      </div>
      <VoiceLine voice={voice.voice} control={voice.control} />
      <span className="f11 t3">
        {block !== null && draft.text !== ''
          ? `${block} What you typed is kept here.`
          : 'One list item is one task. @agent and @role choose who, after: key what comes first; /plan lets a model do it. A plan is shown before anything starts.'}
      </span>
    </form>
  );
}
