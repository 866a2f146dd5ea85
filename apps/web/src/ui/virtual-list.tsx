import './virtual-list.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

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

const NEAR_END_PX = 80;

/** A list of any length that draws only what is in view; items may have any height. */
export function VirtualList<T>({
  items,
  label,
  estimate,
  keyOf,
  render,
  followsEnd = false,
  onReachStart,
}: VirtualListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // eslint-disable-next-line react-hooks/incompatible-library -- the list is drawn anew on every scroll, which is what it is for
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => estimate,
    overscan: 8,
    // Older items that come in before the first one must not move what is being read.
    anchorTo: followsEnd ? 'end' : 'start',
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });
  const total = virtual.getTotalSize();
  useEffect(() => {
    if (followsEnd && atEnd.current && box.current !== null && total > 0)
      box.current.scrollTop = box.current.scrollHeight;
  }, [followsEnd, total]);
  const onScroll = () => {
    const view = box.current;
    if (view === null) return;
    atEnd.current = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_END_PX;
    if (view.scrollTop < NEAR_END_PX) onReachStart?.();
  };
  return (
    // What scrolls must be reachable by keyboard.
    <div ref={box} className="virtual-list" role="list" aria-label={label} tabIndex={0} onScroll={onScroll}>
      <div className="virtual-list-inner" style={{ height: total }} role="presentation">
        {virtual.getVirtualItems().map((row) => {
          const item = items[row.index];
          return (
            <div
              key={row.key}
              ref={virtual.measureElement}
              data-index={row.index}
              role="listitem"
              className="virtual-list-item"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {item !== undefined && render(item, row.index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
