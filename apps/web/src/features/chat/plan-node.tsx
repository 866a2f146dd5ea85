import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { classes } from '../../ui/classes.ts';
import type { PlanItem } from './plan-draft.ts';
import { nameOf } from './plan-edges.ts';
import { cornerOf, NODE, type Point } from './plan-measure.ts';
import type { PlanDot } from './plan-view.ts';

interface PlanNodeProps {
  readonly dot: PlanDot;
  readonly item: PlanItem;
  readonly number: number;
  /** Numbers of the tasks that it waits for. */
  readonly before: readonly number[];
  /** A line is being drawn from it. */
  readonly isSource: boolean;
  readonly onPress: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onDrag: (to: Point) => void;
  readonly onDrop: (to: Point) => void;
  readonly onBegin: () => void;
}

/** What the eye sees in the lines and the faded colour. */
function wordsOf({ item, before }: Pick<PlanNodeProps, 'item' | 'before'>): string {
  const waits = before.length === 0 ? '' : `, waits for ${before.join(', ')}`;
  return item.isDropped ? `${waits}, left out` : waits;
}

/** The dot from which a line is drawn: dragged, or pressed and then the other task. */
function Handle({
  item,
  onDrag,
  onDrop,
  onBegin,
}: Pick<PlanNodeProps, 'item' | 'onDrag' | 'onDrop' | 'onBegin'>) {
  const isDown = useRef(false);
  const at = ({ clientX: x, clientY: y }: PointerEvent): Point => ({ x, y });
  return (
    <button
      type="button"
      className="plan-node-handle"
      aria-label={`Let another task wait for ${nameOf(item)}`}
      onPointerDown={(event) => {
        isDown.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => isDown.current && onDrag(at(event))}
      onPointerUp={(event) => {
        isDown.current = false;
        onDrop(at(event));
      }}
      onPointerCancel={() => {
        isDown.current = false;
      }}
      // A press by keys has no pointer.
      onClick={({ detail }) => detail === 0 && onBegin()}
    />
  );
}

/** One task on the graph of a plan. */
export function PlanNode({ dot, onPress, onKey, isSource, ...rest }: PlanNodeProps) {
  const { item, number } = rest;
  const { x, y } = cornerOf(dot);
  return (
    <div
      className={classes('plan-node', item.isDropped && 'plan-node-dropped', isSource && 'plan-node-source')}
      style={{ transform: `translate(${x}px, ${y}px)`, width: NODE.width, height: NODE.height }}
    >
      <button
        type="button"
        className="plan-node-body"
        data-node={item.id}
        title={nameOf(item)}
        aria-keyshortcuts="c Delete Alt+ArrowUp Alt+ArrowDown"
        onClick={onPress}
        onKeyDown={onKey}
      >
        <b className="mono t3 f11">{number}</b>
        <span className="cut">{nameOf(item)}</span>
        <span className="mono f11 t3 cut plan-node-agent">{item.agent ?? 'whoever suits'}</span>
        <span className="sr">{wordsOf(rest)}</span>
      </button>
      <Handle {...rest} />
    </div>
  );
}
