import { useState } from 'react';
import { clashOf, keysOf, shownOf } from '../../lib/keymap.ts';
import { changeKeys, resetKeys, useKeymap } from '../../lib/keymap-state.ts';
import { SCOPE_WORDS, type Shortcut, SHORTCUTS } from '../../lib/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useRecordKeys } from './use-record-keys.ts';

/** What stands in the way of keys that were just pressed. */
function Clash({
  shortcut,
  keys,
  onDone,
}: {
  readonly shortcut: Shortcut;
  readonly keys: string;
  readonly onDone: () => void;
}) {
  const changed = useKeymap((state) => state.changed);
  const clash = clashOf(shortcut.id, keys, changed);
  if (clash === null) return null;
  const take = () => {
    changeKeys({ [clash.id]: null, [shortcut.id]: keys });
    onDone();
  };
  return (
    <div className="keys-clash" role="alert">
      <p>
        <Kbd>{shownOf(keys)}</Kbd> is “{clash.does}” already. Nothing was changed.
      </p>
      {!clash.isFixed && (
        <Button size="sm" onClick={take}>
          Use it here, switch that off
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={onDone}>
        Leave it
      </Button>
    </div>
  );
}

function KeyRow({ shortcut }: { readonly shortcut: Shortcut }) {
  const changed = useKeymap((state) => state.changed);
  const [refused, setRefused] = useState<string | null>(null);
  const keys = keysOf(shortcut, changed);
  const record = useRecordKeys((pressed) => {
    if (clashOf(shortcut.id, pressed, changed) === null) changeKeys({ [shortcut.id]: pressed });
    else setRefused(pressed);
  });
  const begin = () => {
    setRefused(null);
    record.begin();
  };
  return (
    <li className="keys-row">
      <span className="grow">{shortcut.does}</span>
      <span className="keys-now" aria-live="polite">
        {record.isOn ? (
          <b>{record.pressed === null ? 'Press the keys' : shownOf(record.pressed)}</b>
        ) : keys === null ? (
          <span className="t3">off</span>
        ) : (
          <Kbd>{shownOf(keys)}</Kbd>
        )}
      </span>
      <span className="keys-acts">
        <Button
          size="sm"
          aria-label={`Change the keys of ${shortcut.does}`}
          aria-pressed={record.isOn}
          onClick={begin}
          onBlur={record.cancel}
        >
          Change
        </Button>
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Switch ${shortcut.does} ${keys === null ? 'on' : 'off'}`}
          onClick={() => (keys === null ? resetKeys(shortcut.id) : changeKeys({ [shortcut.id]: null }))}
        >
          {keys === null ? 'On' : 'Off'}
        </Button>
        {changed[shortcut.id] != null && (
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Reset ${shortcut.does}`}
            onClick={() => resetKeys(shortcut.id)}
          >
            Reset
          </Button>
        )}
      </span>
      {refused !== null && <Clash shortcut={shortcut} keys={refused} onDone={() => setRefused(null)} />}
    </li>
  );
}

/** Every key of the console: another one for each, or none, and the way back. Kept in this browser. */
export function KeysPart() {
  const isChanged = useKeymap(({ changed }) => Object.keys(changed).length > 0);
  return (
    <section className="card settings-part" aria-labelledby="settings-keys">
      <span className="row">
        <h2 id="settings-keys" className="grow">
          Keys
        </h2>
        {isChanged && (
          <Button size="sm" variant="ghost" onClick={() => resetKeys()}>
            Reset all keys
          </Button>
        )}
      </span>
      <p className="f12 t2">
        Press Change, then the keys: one, or two after each other. Escape leaves them as they are. Keys rest
        while you type.
      </p>
      {SCOPE_WORDS.map(([scope, title]) => (
        <details key={scope} className="keys-scope" open={scope === 'everywhere'}>
          <summary>{title}</summary>
          <ul>
            {SHORTCUTS.filter((one) => one.scope === scope && !one.isFixed).map((one) => (
              <KeyRow key={one.id} shortcut={one} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
