import './keys-sheet.css';
import { Link } from '@tanstack/react-router';
import { setInterface, useInterface } from '../lib/interface-state.ts';
import { keysOf, shownOf } from '../lib/keymap.ts';
import { useKeymap } from '../lib/keymap-state.ts';
import { SCOPE_WORDS, type Shortcut, SHORTCUTS } from '../lib/keys.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Check } from '../ui/field.tsx';
import { Kbd } from '../ui/kbd.tsx';

const close = () => setInterface({ areKeysShown: false });

function Line({ shortcut }: { readonly shortcut: Shortcut }) {
  const keys = useKeymap(({ changed }) => keysOf(shortcut, changed));
  return (
    <div>
      <dt>{shortcut.does}</dt>
      <dd>{keys === null ? <span className="t3">off</span> : <Kbd>{shownOf(keys)}</Kbd>}</dd>
    </div>
  );
}

/** Every shortcut on one sheet, from the same registry that listens for them. */
export function KeysSheet() {
  const isOpen = useInterface((state) => state.areKeysShown);
  const singleKeysOn = useInterface((state) => state.singleKeysOn);
  const foot = (
    <>
      <Check
        role="switch"
        label="Single-letter keys (they always rest while you type)"
        checked={singleKeysOn}
        onChange={(event) => setInterface({ singleKeysOn: event.target.checked })}
      />
      <span className="grow" />
      <Link to="/settings" hash="settings-keys" className="link f12" onClick={close}>
        Change keys
      </Link>
    </>
  );
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Keys" isWide foot={foot}>
      <div className="keys-sheet" role="group" aria-label="All keys" tabIndex={0}>
        {SCOPE_WORDS.map(([scope, title]) => (
          <section key={scope}>
            <h3 className="label">{title}</h3>
            <dl>
              {SHORTCUTS.filter((one) => one.scope === scope).map((one) => (
                <Line key={one.id} shortcut={one} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
