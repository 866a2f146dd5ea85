import { useState } from 'react';
import { setInterface, useInterface } from '../../lib/interface-state.ts';
import { Check } from '../../ui/field.tsx';

/** Why the browser can't tell anything, in a sentence; null where it can or has not been asked yet. */
function whyNot(): string | null {
  if (!('Notification' in window)) return 'This browser has no notifications.';
  if (Notification.permission === 'denied')
    return 'This browser was told to refuse them: allow notifications of this address in its settings first.';
  return null;
}

/** Notifications of the browser: off until a person asks for them here, and only then the browser is asked. */
export function NoticesSwitch() {
  const isOn = useInterface((state) => state.areNoticesOn);
  const [why, setWhy] = useState(whyNot);
  const change = async (wanted: boolean) => {
    if (wanted && why === null) await Notification.requestPermission();
    const refused = whyNot();
    setWhy(refused);
    const isAllowed = refused === null && (!wanted || Notification.permission === 'granted');
    setInterface({ areNoticesOn: wanted && isAllowed });
  };
  return (
    <span className="col" style={{ gap: 4 }}>
      <Check
        role="switch"
        label="Tell me by the browser when something needs me or a Save is over, while I look elsewhere"
        checked={isOn && why === null}
        disabled={why !== null}
        onChange={(event) => void change(event.target.checked)}
      />
      {why !== null && <span className="f12 t3">{why}</span>}
    </span>
  );
}
