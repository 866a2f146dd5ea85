import './tasks.css';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { permissionOf } from './facts-view.ts';
import { SteerBox } from './steer-box.tsx';
import { taskActs } from './task-acts.ts';
import { TaskHead } from './task-head.tsx';
import { TaskTabs } from './task-tabs.tsx';

/** A tab whose keys go elsewhere than to the agent, and that wants the room. */
function isVisit(tab: string | null): boolean {
  return tab === 'terminal' || tab === 'preview';
}

/** Everything about one task; with `onClose` it stands in the inspector, without it fills the panel. */
export function TaskView({ task: id, onClose }: { readonly task: string; readonly onClose?: () => void }) {
  const trpc = useTRPC();
  const project = useProjectId();
  const query = useQuery(trpc.tasks.get.queryOptions({ task: id }));
  const settings = useQuery(trpc.projects.settings.queryOptions({ project }, { enabled: project !== '' }));
  const [tab] = useAddressChoice('tab');
  return (
    <ShowQuery
      query={query}
      what="The task could not be read."
      skeleton={<Skeleton widths={[60, 90, 40, 70]} />}
    >
      {({ task, runs, choice }) => (
        <article className="task" aria-label={`Task ${task.title}`} data-tab={tab}>
          <TaskHead
            task={task}
            runs={runs}
            permission={permissionOf(settings.data?.config.agents ?? {}, task.agent)}
            onClose={onClose}
          />
          <TaskTabs task={task} runs={runs} choice={choice} isPage={onClose === undefined} />
          {taskActs(task).canSteer && !isVisit(tab) && <SteerBox task={task} />}
        </article>
      )}
    </ShowQuery>
  );
}
