import './keys-sheet.css';
import { setInterface, useInterface } from '../lib/interface-state.ts';
import { type KeyScope, SHORTCUTS } from '../lib/keys.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Check } from '../ui/field.tsx';
import { Kbd } from '../ui/kbd.tsx';

const scopes: readonly (readonly [KeyScope, string])[] = [
  ['everywhere', 'Everywhere'],
  ['list', 'In lists'],
  ['inbox', 'Inbox'],
  ['review', 'Review'],
  ['conflict', 'Conflict'],
];

/** Every shortcut on one sheet, from the same registry that listens for them. */
export function KeysSheet() {
  const isOpen = useInterface((state) => state.areKeysShown);
  const singleKeysOn = useInterface((state) => state.singleKeysOn);
  const foot = (
    <Check
      role="switch"
      label="Single-letter keys (they always rest while you type)"
      checked={singleKeysOn}
      onChange={(event) => setInterface({ singleKeysOn: event.target.checked })}
    />
  );
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => setInterface({ areKeysShown: false })}
      title="Keys"
      isWide
      foot={foot}
    >
      <div className="keys-sheet" role="group" aria-label="All keys" tabIndex={0}>
        {scopes.map(([scope, title]) => (
          <section key={scope}>
            <h3 className="label">{title}</h3>
            <dl>
              {SHORTCUTS.filter((one) => one.scope === scope).map((one) => (
                <div key={one.id}>
                  <dt>{one.does}</dt>
                  <dd>
                    <Kbd>{one.shown}</Kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
