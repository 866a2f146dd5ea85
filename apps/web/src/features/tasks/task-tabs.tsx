import type { AgentChoice, Run, Task } from '@thalogos/contracts';
import { lazy, Suspense } from 'react';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { Skeleton } from '../../ui/panel-states.tsx';
import { type TabItem, Tabs } from '../../ui/tabs.tsx';
import { AboutPanel } from './about-panel.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { TaskProvider } from './task-context.ts';
import { TranscriptPanel } from './transcript-panel.tsx';

const TerminalPanel = lazy(async () => ({ default: (await import('./terminal-panel.tsx')).TerminalPanel }));
const PreviewPanel = lazy(async () => ({ default: (await import('./preview-panel.tsx')).PreviewPanel }));

/** What the tabs of a task show. */
export interface TaskTabsProps {
  readonly task: Task;
  readonly runs: readonly Run[];
  readonly choice: AgentChoice | null;
  readonly isPage: boolean;
}

function planTab({ plan }: Task): readonly TabItem[] {
  if (plan.length === 0) return [];
  const done = plan.filter((step) => step.status === 'done').length;
  return [{ id: 'plan', label: `Plan ${done}/${plan.length}`, content: <PlanPanel plan={plan} /> }];
}

/** A task from all its sides; the chosen one stands in the address as `?tab=`. */
export function TaskTabs({ task, runs, choice, isPage }: TaskTabsProps) {
  const [chosen, choose] = useAddressChoice('tab');
  const items: TabItem[] = [
    {
      id: 'transcript',
      label: 'Transcript',
      content: (
        <TaskProvider value={task.id}>
          <TranscriptPanel key={task.id} task={task.id} runs={runs} isPage={isPage} />
        </TaskProvider>
      ),
    },
    { id: 'about', label: 'Task', content: <AboutPanel task={task} runs={runs} choice={choice} /> },
    ...planTab(task),
    {
      id: 'terminal',
      label: 'Terminal',
      content: (
        <Suspense fallback={<Skeleton />}>
          <TerminalPanel task={task.id} />
        </Suspense>
      ),
    },
    {
      id: 'preview',
      label: 'Preview',
      content: (
        <Suspense fallback={<Skeleton />}>
          <PreviewPanel task={task.id} />
        </Suspense>
      ),
    },
  ];
  return (
    <Tabs
      items={items}
      value={items.find(({ id }) => id === chosen)?.id ?? 'transcript'}
      onChange={(id) => choose(id === 'transcript' ? null : id, 'replace')}
      label="About this task"
    />
  );
}
