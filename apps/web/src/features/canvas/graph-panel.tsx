import { Link } from '@tanstack/react-router';
import { Share2, Table2 } from 'lucide-react';
import { setInterface, useInterface } from '../../lib/interface-state.ts';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { useKey } from '../../lib/use-key.ts';
import { useSelectedTask, useSelectTask } from '../../lib/use-selected-task.ts';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { CountsLine } from './counts-line.tsx';
import { GraphCanvas } from './graph-canvas.tsx';
import { neighbourOf } from './neighbour.ts';
import { TaskList } from './task-list.tsx';
import { useGraph } from './use-graph.ts';

const views = [
  {
    id: 'canvas' as const,
    label: (
      <>
        <Share2 size={14} aria-hidden />
        Canvas
      </>
    ),
  },
  {
    id: 'list' as const,
    label: (
      <>
        <Table2 size={14} aria-hidden />
        List
      </>
    ),
  },
];

/** The tasks of the project as canvas or as list; what they are is read from the cache that it stands in. */
export function GraphPanel() {
  const { view, tasks, query } = useGraph();
  const isNarrow = useIsNarrow();
  const chosen = useInterface((state) => state.graphView);
  const graphView = isNarrow ? 'list' : chosen;
  const selected = useSelectedTask();
  const select = useSelectTask();
  const step = (by: 1 | -1) => () => select(neighbourOf(view, selected, by), 'replace');
  useKey('next', step(1));
  useKey('previous', step(-1));
  return (
    <ShowQuery query={query} what="The tasks could not be read.">
      {() =>
        tasks.length === 0 ? (
          <EmptyState
            sentence="No goal yet. Write what should be true when it is done, and the swarm plans it."
            action={
              <Link to="/" className="btn btn-primary">
                State a goal
              </Link>
            }
          />
        ) : (
          <>
            <div className="canvas-tools">
              <CountsLine tasks={tasks} />
              {!isNarrow && (
                <Segmented
                  label="View"
                  items={views}
                  value={chosen}
                  onChange={(id) => setInterface({ graphView: id })}
                />
              )}
            </div>
            {graphView === 'canvas' ? <GraphCanvas view={view} /> : <TaskList />}
          </>
        )
      }
    </ShowQuery>
  );
}
