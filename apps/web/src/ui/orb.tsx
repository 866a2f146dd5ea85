import './orb.css';
import type { CSSProperties } from 'react';

/** What the orb can say; the words beside it say the same. */
export type OrbState = 'ready' | 'working' | 'saving' | 'blocked' | 'offline' | 'logo';

const STAGES = 7;
const GAPPED = '.8 .2';

function doneDashes(done: number): string {
  return `${`${GAPPED} `.repeat(done)}0 ${STAGES - done + 0.001}`;
}

/**
 * The Save orb: its colour is the state, its ring the seven stages of a Save.
 * `done` stages are filled, `now` (0 to 6) is the bright one; `size` in px.
 */
export function Orb({
  state,
  size = 30,
  done = 0,
  now = null,
  isNumbered = false,
}: {
  readonly state: OrbState;
  readonly size?: number;
  readonly done?: number;
  readonly now?: number | null;
  readonly isNumbered?: boolean;
}) {
  const style: CSSProperties & { '--s': string } = { '--s': `${size}px` };
  return (
    <span className="orb" data-o={state} data-big={size > 100 || undefined} style={style} aria-hidden="true">
      <svg viewBox="0 0 36 36">
        <circle className="orb-track" cx="18" cy="18" r="16.5" pathLength={STAGES} strokeDasharray={GAPPED} />
        {done > 0 && (
          <circle
            className="orb-done"
            cx="18"
            cy="18"
            r="16.5"
            pathLength={STAGES}
            strokeDasharray={doneDashes(done)}
          />
        )}
        {now !== null && (
          <circle
            className="orb-now"
            cx="18"
            cy="18"
            r="16.5"
            pathLength={STAGES}
            strokeDasharray={`0 ${now} .45 ${STAGES - now - 0.45}`}
          />
        )}
      </svg>
      {isNumbered && now !== null && (
        <span className="orb-number">
          <b>{now + 1}</b>
          <i>of {STAGES}</i>
        </span>
      )}
    </span>
  );
}
