import './menu.css';
import { Menu as Base } from '@base-ui/react/menu';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';
import { Kbd } from './kbd.tsx';

/** One entry of a menu; `why` stands under an entry that can't be chosen now. */
export interface MenuEntry {
  readonly id: string;
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly isDanger?: boolean;
  readonly why?: string | null;
  readonly hasLineBefore?: boolean;
  onChoose(): void;
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  const why = entry.why ?? null;
  return (
    <Fragment>
      {entry.hasLineBefore && <div className="menu-line" role="separator" />}
      <Base.Item
        className={classes('menu-item', entry.isDanger && 'menu-item-danger')}
        disabled={why !== null}
        onClick={entry.onChoose}
      >
        {entry.icon}
        <span className="grow">
          {entry.label}
          {why !== null && <span className="menu-why"> {why}</span>}
        </span>
        {entry.keys !== undefined && <Kbd>{entry.keys}</Kbd>}
      </Base.Item>
    </Fragment>
  );
}

/** A menu behind one button; arrow keys, type-ahead and Escape come with it. */
export function Menu({
  trigger,
  entries,
  label,
  align = 'end',
}: {
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly label?: string;
  readonly align?: 'start' | 'end';
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="menu-anchor" sideOffset={6} align={align}>
          <Base.Popup className="menu" aria-label={label}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
