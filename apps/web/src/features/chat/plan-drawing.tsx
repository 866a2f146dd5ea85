import { type PlanDot, type PlannedDot, placeTasks } from './plan-view.ts';

const COLUMN = 74;
const ROW = 30;
const RADIUS = 10;

const x = (dot: PlanDot) => RADIUS + 2 + dot.level * COLUMN;
const y = (dot: PlanDot) => RADIUS + 2 + dot.place * ROW;

/** A small drawing of what waits for what; the numbers are those of the list below it. */
export function PlanDrawing({
  tasks,
  dropped,
}: {
  readonly tasks: readonly PlannedDot[];
  readonly dropped: ReadonlySet<string>;
}) {
  const dots = placeTasks(tasks);
  const byId = new Map(dots.map((dot) => [dot.id, dot]));
  const width = Math.max(...dots.map(x)) + RADIUS + 2;
  const height = Math.max(...dots.map(y)) + RADIUS + 2;
  const edges = tasks.flatMap((task) =>
    task.after.map((id) => ({
      from: byId.get(id),
      to: byId.get(task.id),
      isOff: dropped.has(task.id) || dropped.has(id),
    })),
  );
  return (
    <svg
      className="plan-drawing"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label="Which task waits for which"
    >
      {edges.map(({ from, to, isOff }, index) =>
        from === undefined || to === undefined ? null : (
          <path
            key={`${index} ${from.id}`}
            className={isOff ? 'plan-drawing-edge plan-drawing-dropped' : 'plan-drawing-edge'}
            d={`M${x(from) + RADIUS} ${y(from)} C ${x(from) + COLUMN / 2} ${y(from)}, ${x(to) - COLUMN / 2} ${y(to)}, ${x(to) - RADIUS} ${y(to)}`}
          />
        ),
      )}
      {dots.map((dot, index) => (
        <g key={dot.id} className={dropped.has(dot.id) ? 'plan-drawing-dropped' : undefined}>
          <circle className="plan-drawing-dot" cx={x(dot)} cy={y(dot)} r={RADIUS} />
          <text x={x(dot)} y={y(dot)}>
            {index + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}
