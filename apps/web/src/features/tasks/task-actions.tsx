import type { Task } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, RotateCcw, ScanEye, Square } from 'lucide-react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu-props.ts';
import { toastError } from '../../ui/toast.tsx';
import { useEditorEntries } from './editor-entries.ts';
import { taskActs } from './task-acts.ts';

function useTaskMutations(task: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const after = (what: string) => ({
    onSettled: () => client.invalidateQueries({ queryKey: trpc.tasks.get.queryKey({ task }) }),
    onError: (error: unknown) => toastError(what, error),
  });
  return {
    stop: useMutation(trpc.tasks.stop.mutationOptions(after('The task was not stopped.'))),
    retry: useMutation(trpc.tasks.retry.mutationOptions(after('The task was not tried again.'))),
    cancel: useMutation(trpc.tasks.cancel.mutationOptions(after('The task was not cancelled.'))),
  };
}

/** Stop, retry, review, and the rest behind a menu; what is not possible now is not there. */
export function TaskActions({ task }: { readonly task: Task }) {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const block = useWriteBlock();
  const acts = taskActs(task);
  const { stop, retry, cancel } = useTaskMutations(task.id);
  const agents = useQuery(trpc.agents.list.queryOptions(undefined, { enabled: acts.canHandOver }));
  const others = (agents.data?.agents ?? []).filter((agent) => agent.installed && agent.name !== task.agent);
  const places = useEditorEntries(task.id);
  const entries: MenuEntry[] = [
    ...(acts.canHandOver ? others : []).map((agent) => ({
      id: agent.name,
      label: `${acts.canRetry ? 'Retry with' : 'Give to'} ${agent.title}`,
      icon: <AgentDisc name={agent.name} size="sm" />,
      why: block,
      onChoose: () => retry.mutate({ task: task.id, agent: agent.name }),
    })),
    ...places,
    ...(acts.canCancel
      ? [
          {
            id: 'cancel',
            label: 'Cancel the task',
            isDanger: true,
            hasLineBefore: true,
            why: block,
            onChoose: () => cancel.mutate({ tasks: [task.id] }),
          },
        ]
      : []),
  ];
  return (
    <div className="task-acts">
      {acts.canReview && (
        <Button size="sm" onClick={() => void navigate({ to: '/review/$task', params: { task: task.id } })}>
          <ScanEye size={14} aria-hidden /> Diff
        </Button>
      )}
      {acts.canStop && (
        <Button
          size="sm"
          variant="danger"
          busy={stop.isPending}
          disabledBecause={block}
          onClick={() => stop.mutate({ tasks: [task.id] })}
        >
          <Square size={12} aria-hidden /> Stop
        </Button>
      )}
      {acts.canRetry && (
        <Button
          size="sm"
          busy={retry.isPending}
          disabledBecause={block}
          onClick={() => retry.mutate({ task: task.id })}
        >
          <RotateCcw size={12} aria-hidden /> Retry
        </Button>
      )}
      {entries.length > 0 && (
        <Menu
          label="More about this task"
          entries={entries}
          trigger={
            <Button size="sm" variant="ghost" className="btn-icon" aria-label="More about this task">
              <Ellipsis size={14} aria-hidden />
            </Button>
          }
        />
      )}
    </div>
  );
}
