import './tabs.css';
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

/** One tab: a stable id, what stands on it, and its content. */
export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

/** Tabs with arrow keys; content of tabs that are not shown is not mounted. */
export function Tabs({
  items,
  value,
  onChange,
  label,
}: {
  readonly items: readonly TabItem[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly label: string;
}) {
  return (
    <Base.Root className="tabs-root" value={value} onValueChange={(next) => onChange(String(next))}>
      <Base.List className="tabs-list" aria-label={label}>
        {items.map((item) => (
          <Base.Tab key={item.id} value={item.id} className="tabs-tab">
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.id} value={item.id} className="tabs-panel">
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
