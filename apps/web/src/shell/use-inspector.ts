import { useRouterState } from '@tanstack/react-router';
import { setInterface, useInterface } from '../lib/interface-state.ts';
import { useSelectedTask, useSelectTask } from '../lib/use-selected-task.ts';
import { PANELS_WITH_INSPECTOR, PANELS_WITHOUT_INSPECTOR } from './panels.ts';

/** The task that the focus is on: that of a link to it. */
function focusedTask(): string | null {
  const link = document.activeElement?.closest('a[href]')?.getAttribute('href') ?? '';
  const [, task] = /\/(?:tasks|review)\/([^/?#]+)/.exec(link) ?? [];
  return task === undefined ? null : decodeURIComponent(task);
}

/** The first task that the panel links to. */
function firstTask(): string | null {
  const link = document.querySelector('main a[href*="/tasks/"], main a[href*="/review/"]');
  const [, task] = /\/(?:tasks|review)\/([^/?#]+)/.exec(link?.getAttribute('href') ?? '') ?? [];
  return task === undefined ? null : decodeURIComponent(task);
}

/** Whether the inspector is shown, and its key: beside the graph it always has a place, elsewhere it comes with a task. */
export function useInspector() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const isOpen = useInterface((state) => state.isInspectorOpen);
  const selected = useSelectedTask();
  const select = useSelectTask();
  const hasPlace = PANELS_WITH_INSPECTOR.includes(path);
  const mayCome = !PANELS_WITHOUT_INSPECTOR.some((start) => path.startsWith(start));
  const toggle = () => {
    if (hasPlace) setInterface({ isInspectorOpen: !isOpen });
    else if (mayCome) select(selected === null ? (focusedTask() ?? firstTask()) : null);
  };
  return { isShown: hasPlace ? isOpen : mayCome && selected !== null, toggle };
}
