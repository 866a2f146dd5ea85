import { type ReactNode, useCallback } from 'react';
import { VirtualRows } from './virtual-rows.tsx';

interface VirtualListProps<T> {
  readonly items: readonly T[];
  readonly label: string;
  /** Expected height of an item in px; the real one is measured. */
  readonly estimate: number;
  readonly keyOf: (item: T) => string | number;
  readonly render: (item: T, index: number) => ReactNode;
  /** Stay at the end while new items arrive, as long as the person has not scrolled away. */
  readonly followsEnd?: boolean;
  /** Called when the first item comes into view, to load what is before it. */
  readonly onReachStart?: () => void;
}

/** A list of items that are all at hand, of which only those in view are drawn; items may have any height. */
export function VirtualList<T>({ items, keyOf, render, followsEnd = false, ...rest }: VirtualListProps<T>) {
  const keyAt = useCallback(
    (index: number) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    [items, keyOf],
  );
  return (
    <VirtualRows
      {...rest}
      count={items.length}
      followsEnd={followsEnd}
      // Older items that come in before the first one must not move what is being read.
      growsAtStart={followsEnd}
      keyOf={keyAt}
      render={(index) => {
        const item = items[index];
        return item !== undefined && render(item, index);
      }}
    />
  );
}
