import './tooltip.css';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Kbd } from './kbd.tsx';

/** Shares one opening delay (ms) among all tooltips; stands once, round the app. */
export const TipProvider = Tooltip.Provider;

/** A hint on hover and focus. `children` is one element that takes a ref; the hint never holds what is nowhere else. */
export function Tip({
  text,
  keys,
  children,
}: {
  readonly text: string;
  readonly keys?: string | undefined;
  readonly children: ReactElement;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="tip-anchor">
          {/* What it says stands in the name of what it belongs to. */}
          <Tooltip.Popup className="tip" aria-hidden>
            {text}
            {keys !== undefined && <Kbd>{keys}</Kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
