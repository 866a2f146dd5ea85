import { X } from 'lucide-react';
import { classes } from '../../ui/classes.ts';
import type { PlanItem } from './plan-draft.ts';
import { nameOf, type PlanEdge } from './plan-edges.ts';
import { curve, outOf, type Point, type Route } from './plan-measure.ts';
import type { PlanDot } from './plan-view.ts';

/** The lines between the tasks of a plan, each with a button that rubs it out, and the one that is being drawn. */
export function PlanLines({
  items,
  routes,
  source,
  drawnTo,
  onErase,
}: {
  readonly items: readonly PlanItem[];
  readonly routes: readonly Route[];
  /** The task from which a line is being drawn, and to where. */
  readonly source: PlanDot | undefined;
  readonly drawnTo: Point | null;
  readonly onErase: (edge: PlanEdge) => void;
}) {
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const isOff = ({ from, to }: PlanEdge) =>
    itemOf.get(from)?.isDropped === true || itemOf.get(to)?.isDropped === true;
  const wordsOf = ({ from, to }: PlanEdge) => {
    const [first, second] = [itemOf.get(from), itemOf.get(to)];
    return first === undefined || second === undefined
      ? ''
      : `Let ${nameOf(second)} no longer wait for ${nameOf(first)}`;
  };
  return (
    <>
      <svg className="plan-lines" aria-hidden>
        {routes.map(({ edge, path }) => (
          <path
            key={`${edge.from} ${edge.to}`}
            className={classes('plan-line', isOff(edge) && 'plan-line-off')}
            d={path}
          />
        ))}
        {source !== undefined && drawnTo !== null && (
          <path className="plan-line plan-line-new" d={curve(outOf(source), drawnTo)} />
        )}
      </svg>
      {routes.map(({ edge, handle }) => (
        <button
          key={`${edge.from} ${edge.to}`}
          type="button"
          className="plan-line-erase"
          aria-label={wordsOf(edge)}
          title={wordsOf(edge)}
          style={{ left: handle.x, top: handle.y }}
          onClick={() => onErase(edge)}
        >
          <X size={10} aria-hidden />
        </button>
      ))}
    </>
  );
}
