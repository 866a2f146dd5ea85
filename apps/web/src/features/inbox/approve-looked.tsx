import type { Task } from '@thalogos/contracts';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import { toast, toastError } from '../../ui/toast.tsx';
import { lookedAt } from './inbox-view.ts';

/** How many results are asked about at once. */
const MOST = 30;

/** Which results this person has looked at, as they are now. */
function useLooked(tasks: readonly Task[]): readonly Task[] {
  const trpc = useTRPC();
  const asked = tasks.slice(0, MOST);
  const looks = useQueries({
    queries: asked.map(({ id, tree }) => ({
      ...trpc.changes.files.queryOptions({ task: id }, { enabled: tree !== null }),
      staleTime: 5_000,
    })),
  });
  return lookedAt(
    asked,
    looks.map(({ data }) => data?.looked?.tree ?? null),
  );
}

/** Approves at once what was looked at, each with the very tree that was seen; what changed since is left out. */
export function ApproveLooked({ tasks }: { readonly tasks: readonly Task[] }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const project = useProjectId();
  const block = useWriteBlock();
  const looked = useLooked(tasks);
  const [isOpen, setOpen] = useState(false);
  const approve = useMutation(
    trpc.review.approve.mutationOptions({
      onSuccess: async ({ tasks: approved }) => {
        setOpen(false);
        toast(`${formatNoun(approved.length, 'task')} approved.`);
        await client.invalidateQueries({ queryKey: trpc.tasks.list.pathKey() });
      },
      onError: (error) => toastError('Nothing was approved.', error),
    }),
  );
  if (looked.length < 2) return null;
  const count = formatNoun(looked.length, 'result');
  const those = looked.flatMap(({ id, tree }) => (tree === null ? [] : [{ task: id, tree }]));
  const foot = (
    <>
      <Button variant="ghost" onClick={() => setOpen(false)}>
        Not yet
      </Button>
      <Button
        variant="primary"
        busy={approve.isPending}
        disabledBecause={block}
        onClick={() => approve.mutate({ project, tasks: those })}
      >
        Approve {count}
      </Button>
    </>
  );
  return (
    <>
      <Button size="sm" disabledBecause={block} onClick={() => setOpen(true)}>
        <CheckCheck size={14} aria-hidden /> Approve {looked.length} you looked at
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={`Approve ${count}?`} foot={foot}>
        <p className="f12 t2">
          You have looked at each of these as it is now. All of them are approved, or none.
        </p>
        <ul className="inbox-looked">
          {looked.map((task) => (
            <li key={task.id} className="row">
              <span className="grow cut">{task.title}</span>
              <span className="f12 t3">{task.agent}</span>
              <LineCounts added={task.files.added} removed={task.files.removed} />
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
