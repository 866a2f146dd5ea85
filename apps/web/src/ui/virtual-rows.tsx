import './virtual-list.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type ReactNode,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';

/** How whoever shows rows moves them. */
export interface RowsHandle {
  /** Brings a row to the top of the view, or into its middle. */
  toRow(index: number, align?: 'start' | 'center'): void;
  /** Goes to the end, and stays there while rows are added. */
  toEnd(): void;
}

/** What of the rows is in view. */
export interface RowsView {
  readonly first: number;
  readonly last: number;
  readonly isAtEnd: boolean;
}

/** What rows need, whatever they are rows of. */
export interface RowsProps {
  readonly count: number;
  readonly label: string;
  /** Expected height of a row in px; the real one is measured. */
  readonly estimate: number;
  /** The same function as long as the rows are the same: with a new one all of them are placed anew. */
  readonly keyOf: (index: number) => string | number;
  readonly render: (index: number) => ReactNode;
  /** Stay at the end while new rows arrive, as long as the person has not scrolled away. */
  readonly followsEnd?: boolean;
  /** Rows may come in before the first one; what is being read stays where it is. */
  readonly growsAtStart?: boolean;
  /** The row to begin at; the end (or the start, without `followsEnd`) where there is none. */
  readonly initial?: number | undefined;
  /** Called when the first row comes into view, to load what is before it. */
  readonly onReachStart?: (() => void) | undefined;
  /** Told whenever other rows have come into view. */
  readonly onView?: ((view: RowsView) => void) | undefined;
  readonly ref?: Ref<RowsHandle> | undefined;
}

const NEAR_END_PX = 80;

type Virtual = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

/** The place in the rows: where it begins, whether it follows the end, and how it is moved from outside. */
function usePlace(virtual: Virtual, box: { readonly current: HTMLDivElement | null }, props: RowsProps) {
  const { followsEnd = false, initial, onReachStart, onView, ref } = props;
  const atEnd = useRef(initial === undefined);
  const total = virtual.getTotalSize();
  // What opens below a conversation, such as a plan, takes room from it: its end stays in view.
  const room = virtual.scrollRect?.height;
  const begin = useEffectEvent(() => {
    if (initial !== undefined) virtual.scrollToIndex(initial, { align: 'start' });
  });
  const tell = useEffectEvent((view: RowsView) => onView?.(view));
  useLayoutEffect(() => begin(), []);
  useEffect(() => {
    if (followsEnd && atEnd.current && total > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [followsEnd, total, room, box]);
  const { startIndex: first = 0, endIndex: last = 0 } = virtual.range ?? {};
  useEffect(() => tell({ first, last, isAtEnd: atEnd.current }), [first, last]);
  useImperativeHandle(ref, () => ({
    toRow: (index, align = 'start') => {
      atEnd.current = false;
      virtual.scrollToIndex(index, { align });
    },
    toEnd: () => {
      atEnd.current = true;
      box.current?.scrollTo({ top: box.current.scrollHeight });
      onView?.({ first, last, isAtEnd: true });
    },
  }));
  return () => {
    const view = box.current;
    if (view === null) return;
    const wasAtEnd = atEnd.current;
    atEnd.current = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_END_PX;
    if (atEnd.current !== wasAtEnd) onView?.({ first, last, isAtEnd: atEnd.current });
    if (view.scrollTop < NEAR_END_PX) onReachStart?.();
  };
}

/** Rows of any number, known by their place, of which only those in view are drawn; each may have any height. */
export function VirtualRows(props: RowsProps) {
  const { count, label, estimate, keyOf, render, growsAtStart = false } = props;
  const box = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the list is drawn anew on every scroll, which is what it is for
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => estimate,
    overscan: 8,
    anchorTo: growsAtStart ? 'end' : 'start',
    getItemKey: keyOf,
  });
  const onScroll = usePlace(virtual, box, props);
  return (
    // What scrolls must be reachable by keyboard.
    <div ref={box} className="virtual-list" role="list" aria-label={label} tabIndex={0} onScroll={onScroll}>
      <div className="virtual-list-inner" style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map((row) => (
          <div
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            role="listitem"
            aria-posinset={row.index + 1}
            aria-setsize={count}
            className="virtual-list-item"
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {render(row.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
