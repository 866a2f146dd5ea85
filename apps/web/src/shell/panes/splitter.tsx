import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

const STEP = 0.05;

/** A line between two neighbours: dragged, or moved by the arrow keys. `onMove` takes a part of their common room. */
export function Splitter({
  isUpright,
  label,
  value,
  onMove,
}: {
  /** Stands between left and right. */
  readonly isUpright: boolean;
  readonly label: string;
  /** Percent of the first one. */
  readonly value: number;
  readonly onMove: (by: number) => void;
}) {
  const at = useRef<number | null>(null);
  const whereOf = (event: PointerEvent) => (isUpright ? event.clientX : event.clientY);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    at.current = whereOf(event);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (at.current === null) return;
    const { previousElementSibling: one, nextElementSibling: other } = event.currentTarget;
    const sizeOf = (element: Element | null) => {
      const box = element?.getBoundingClientRect();
      return (isUpright ? box?.width : box?.height) ?? 0;
    };
    const room = sizeOf(one) + sizeOf(other);
    if (room === 0) return;
    onMove((whereOf(event) - at.current) / room);
    at.current = whereOf(event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const back = isUpright ? 'ArrowLeft' : 'ArrowUp';
    const forth = isUpright ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== back && event.key !== forth) return;
    event.preventDefault();
    onMove(event.key === back ? -STEP : STEP);
  };
  return (
    <div
      className={isUpright ? 'pane-line pane-line-upright' : 'pane-line'}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={isUpright ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={12}
      aria-valuemax={88}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        at.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
