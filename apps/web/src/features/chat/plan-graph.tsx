import { type KeyboardEvent, useRef, useState } from 'react';
import type { PlanItem } from './plan-draft.ts';
import { nameOf, type PlanEdge, planEdges } from './plan-edges.ts';
import { PlanLines } from './plan-lines.tsx';
import { layoutPlan, type Point } from './plan-measure.ts';
import { PlanNode } from './plan-node.tsx';
import { isDirection, nextDot, placeTasks } from './plan-view.ts';

/** What can be done with a plan on its graph. */
export interface PlanGraphActs {
  readonly onDraw: (edge: PlanEdge) => void;
  readonly onErase: (edge: PlanEdge) => void;
  readonly onToggle: (id: string) => void;
  readonly onMove: (id: string, by: -1 | 1) => void;
  /** Opens what a task says, to be changed. */
  readonly onOpen: (id: string) => void;
}

/** A line that is being drawn: from a task, and to where the pointer is unless it is drawn by keys. */
interface Drawing {
  readonly from: string;
  readonly to: Point | null;
}

const nodeAt = ({ x, y }: Point): string | null =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-node]')?.dataset['node'] ?? null;

/** Drawing a line, by dragging, by two presses, or by keys. */
function useDrawing({ onDraw }: PlanGraphActs) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const end = (to: string | null) => {
    if (drawing !== null && to !== null && to !== drawing.from) onDraw({ from: drawing.from, to });
    setDrawing(null);
  };
  return {
    drawing,
    begin: (from: string) => setDrawing({ from, to: null }),
    drag: (from: string, to: Point) => setDrawing({ from, to }),
    /** Let go over a task it is drawn; let go where it began, the next press says where to. */
    drop: (from: string, at: Point) => {
      const to = nodeAt(at);
      if (to === from) setDrawing({ from, to: null });
      else end(to);
    },
    end,
  };
}

/** A plan as a graph: what waits for what is drawn, rubbed out, put in order and left out, by pointer and by keys alike. */
export function PlanGraph({ items, ...acts }: { readonly items: readonly PlanItem[] } & PlanGraphActs) {
  const box = useRef<HTMLDivElement>(null);
  const draw = useDrawing(acts);
  const dots = placeTasks(items);
  const { size, routes } = layoutPlan(dots, planEdges(items));
  const from = items.find(({ id }) => id === draw.drawing?.from);
  const focus = (id: string | null) =>
    id !== null && box.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus();
  const keysOf = (id: string): Readonly<Record<string, () => void>> => ({
    'Alt+ArrowUp': () => acts.onMove(id, -1),
    'Alt+ArrowDown': () => acts.onMove(id, 1),
    c: () => draw.begin(id),
    Delete: () => acts.onToggle(id),
    Backspace: () => acts.onToggle(id),
    ...(draw.drawing === null ? {} : { Escape: () => draw.end(null) }),
  });
  const onKey = (event: KeyboardEvent, id: string) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (ctrlKey || metaKey) return;
    const act = keysOf(id)[altKey ? `Alt+${key}` : key];
    if (act === undefined && !isDirection(key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (act !== undefined) act();
    else if (isDirection(key)) focus(nextDot(dots, id, key));
  };
  /** The pointer's place is the window's; a line's is the graph's. */
  const within = ({ x, y }: Point): Point => {
    const corner = box.current?.getBoundingClientRect();
    return { x: x - (corner?.left ?? 0), y: y - (corner?.top ?? 0) };
  };
  return (
    <div className="plan-graph">
      <div className="plan-graph-scroll">
        <div
          ref={box}
          className="plan-graph-box"
          style={size}
          role="group"
          aria-label="Which task waits for which"
        >
          <PlanLines
            items={items}
            routes={routes}
            source={dots.find(({ id }) => id === draw.drawing?.from)}
            drawnTo={draw.drawing?.to ?? null}
            onErase={acts.onErase}
          />
          {dots.map((dot, index) => {
            const item = items[index];
            return item === undefined ? null : (
              <PlanNode
                key={dot.id}
                dot={dot}
                item={item}
                number={index + 1}
                before={item.after.map((id) => items.findIndex((one) => one.id === id) + 1)}
                isSource={draw.drawing?.from === item.id}
                onPress={() => (draw.drawing === null ? acts.onOpen(item.id) : draw.end(item.id))}
                onKey={(event) => onKey(event, item.id)}
                onDrag={(to) => draw.drag(item.id, within(to))}
                onDrop={(to) => draw.drop(item.id, to)}
                onBegin={() => draw.begin(item.id)}
              />
            );
          })}
        </div>
      </div>
      <p className="f11 t3" role="status">
        {from === undefined
          ? 'Drag from the dot of a task to the one that waits for it, or press c on a task. Alt and an arrow put it in order, Delete leaves it out.'
          : `Now choose the task that is to wait for “${nameOf(from)}”. Esc ends it.`}
      </p>
    </div>
  );
}
