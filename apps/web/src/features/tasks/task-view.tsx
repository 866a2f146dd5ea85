import './tasks.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { type TabItem, Tabs } from '../../ui/tabs.tsx';
import { AboutPanel } from './about-panel.tsx';
import { permissionOf } from './facts-view.ts';
import { PlanPanel } from './plan-panel.tsx';
import { SteerBox } from './steer-box.tsx';
import { taskActs } from './task-acts.ts';
import { TaskHead } from './task-head.tsx';
import { TranscriptPanel } from './transcript-panel.tsx';

/** Everything about one task; with `onClose` it stands in the inspector, without it fills the panel. */
export function TaskView({ task: id, onClose }: { readonly task: string; readonly onClose?: () => void }) {
  const trpc = useTRPC();
  const project = useProjectId();
  const query = useQuery(trpc.tasks.get.queryOptions({ task: id }));
  const settings = useQuery(trpc.projects.settings.queryOptions({ project }, { enabled: project !== '' }));
  const [tab, setTab] = useState('transcript');
  return (
    <ShowQuery
      query={query}
      what="The task could not be read."
      skeleton={<Skeleton widths={[60, 90, 40, 70]} />}
    >
      {({ task, runs, choice }) => {
        const done = task.plan.filter((step) => step.status === 'done').length;
        const plan: TabItem[] =
          task.plan.length === 0
            ? []
            : [
                {
                  id: 'plan',
                  label: `Plan ${done}/${task.plan.length}`,
                  content: <PlanPanel plan={task.plan} />,
                },
              ];
        const items: TabItem[] = [
          {
            id: 'transcript',
            label: 'Transcript',
            content: <TranscriptPanel key={id} task={id} runs={runs} isPage={onClose === undefined} />,
          },
          { id: 'about', label: 'Task', content: <AboutPanel task={task} runs={runs} choice={choice} /> },
          ...plan,
        ];
        return (
          <article className="task" aria-label={`Task ${task.title}`}>
            <TaskHead
              task={task}
              runs={runs}
              permission={permissionOf(settings.data?.config.agents ?? {}, task.agent)}
              onClose={onClose}
            />
            <Tabs
              items={items}
              value={items.some((item) => item.id === tab) ? tab : 'transcript'}
              onChange={setTab}
              label="About this task"
            />
            {taskActs(task).canSteer && <SteerBox task={task} />}
          </article>
        );
      }}
    </ShowQuery>
  );
}
