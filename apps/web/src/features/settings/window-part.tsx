import { chooseTheme, setInterface, useInterface } from '../../lib/interface-state.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { NoticesSwitch } from './notices-switch.tsx';

const themes = [
  { id: 'system', label: 'As the system' },
  { id: 'dark', label: 'Dark' },
  { id: 'light', label: 'Light' },
] as const;

/** How this window looks and listens; kept in this browser. */
export function WindowPart() {
  const theme = useInterface((state) => state.theme);
  const singleKeysOn = useInterface((state) => state.singleKeysOn);
  return (
    <section className="card settings-part" aria-labelledby="settings-window">
      <h2 id="settings-window">This window</h2>
      <span className="row">
        <span className="t3 f12">Theme</span>
        <Segmented items={themes} value={theme} onChange={chooseTheme} label="Theme" />
      </span>
      <span className="row" style={{ flexWrap: 'wrap' }}>
        <Check
          role="switch"
          label="Single-letter keys (they always rest while you type)"
          checked={singleKeysOn}
          onChange={(event) => setInterface({ singleKeysOn: event.target.checked })}
        />
        <Button size="sm" variant="ghost" keys="?" onClick={() => setInterface({ areKeysShown: true })}>
          All keys
        </Button>
      </span>
      <NoticesSwitch />
    </section>
  );
}
