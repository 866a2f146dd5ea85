import './tabs.css';
import type { ReactNode } from 'react';

/** One choice of a segmented switch. */
export interface Segment<T extends string> {
  readonly id: T;
  readonly label: ReactNode;
}

/** A switch among two to four views of the same thing. */
export function Segmented<T extends string>({
  items,
  value,
  onChange,
  label,
}: {
  readonly items: readonly Segment<T>[];
  readonly value: T;
  readonly onChange: (id: T) => void;
  readonly label: string;
}) {
  return (
    <div className="seg" role="group" aria-label={label}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          className="seg-item"
          aria-pressed={item.id === value}
          onClick={() => onChange(item.id)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}
