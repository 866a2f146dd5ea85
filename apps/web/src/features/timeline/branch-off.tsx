import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { GitBranch } from 'lucide-react';
import { useState } from 'react';
import { formatSequence } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast, toastError } from '../../ui/toast.tsx';
import { branchingWords } from './timeline-view.ts';

/** Opens a session that starts from a checkpoint, after saying what follows of it. */
export function BranchOff({
  project,
  tag,
  later,
}: {
  readonly project: string;
  readonly tag: string;
  /** How many checkpoints have come since. */
  readonly later: number;
}) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const navigate = useNavigate();
  const block = useWriteBlock();
  const [isOpen, setOpen] = useState(false);
  const name = formatSequence(tag);
  const branch = useMutation(
    trpc.sessions.branchOff.mutationOptions({
      onSuccess: async ({ session }) => {
        await client.invalidateQueries({ queryKey: trpc.sessions.list.pathKey() });
        toast(`${session.title} is open. What you ask for now starts from there.`);
        await navigate({ to: '/' });
      },
      onError: (error) => toastError(`No session was opened from ${name}.`, error),
    }),
  );
  const foot = (
    <>
      <Button variant="ghost" onClick={() => setOpen(false)}>
        Close
      </Button>
      <Button
        variant="primary"
        busy={branch.isPending}
        disabledBecause={block}
        onClick={() => branch.mutate({ project, tag })}
      >
        Branch off from {name}
      </Button>
    </>
  );
  return (
    <>
      <Button disabledBecause={block} onClick={() => setOpen(true)}>
        <GitBranch size={14} aria-hidden /> Branch off
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={`Branch off from ${name}?`} foot={foot}>
        <ul className="timeline-follows">
          {branchingWords(later, tag).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
