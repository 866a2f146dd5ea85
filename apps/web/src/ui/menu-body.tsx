import { Menu as Base } from '@base-ui/react/menu';
import { Fragment } from 'react';
import { classes } from './classes.ts';
import { Kbd } from './kbd.tsx';
import type { MenuEntry, MenuProps } from './menu-props.ts';

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

/** The working menu of `menu.tsx`. */
export function MenuBody({ trigger, entries, label, align = 'end' }: MenuProps) {
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
