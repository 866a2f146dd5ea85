import type { TimelineDetail } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowUpRight } from 'lucide-react';
import { useState } from 'react';
import { formatSequence } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast, toastError } from '../../ui/toast.tsx';
import { nextPromotion } from './timeline-view.ts';

interface Wish {
  readonly project: string;
  readonly tag: string;
  readonly to: string;
}

function usePromote({ project, tag, to }: Wish, onEnd: () => void) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const name = formatSequence(tag);
  const promote = useMutation(
    trpc.branches.promote.mutationOptions({
      onSuccess: async ({ moved }) => {
        onEnd();
        toast(moved ? `${to} is at ${name} now.` : `${to} was at ${name} already.`);
        await client.invalidateQueries({ queryKey: trpc.timeline.pathKey() });
      },
      onError: (error) => {
        onEnd();
        toastError(`${name} was not promoted; no branch was moved.`, error);
      },
    }),
  );
  return { isPending: promote.isPending, start: () => promote.mutate({ project, tag, to }) };
}

/** Brings the next branch of the chain forward to a checkpoint, after saying what that means. */
export function Promote({
  project,
  tag,
  promotions,
}: {
  readonly project: string;
  readonly tag: string;
  readonly promotions: TimelineDetail['promotions'];
}) {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const [isOpen, setOpen] = useState(false);
  const query = useQuery(trpc.branches.environments.queryOptions({ project }));
  const environments = query.data?.environments ?? [];
  const next = nextPromotion(promotions, environments);
  const { isPending, start } = usePromote({ project, tag, to: next ?? '' }, () => setOpen(false));
  if (next === null) return null;
  const name = formatSequence(tag);
  const foot = (
    <>
      <Button variant="ghost" onClick={() => setOpen(false)}>
        Not yet
      </Button>
      <Button variant="primary" busy={isPending} disabledBecause={block} onClick={start}>
        Promote to {next}
      </Button>
    </>
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <ArrowUpRight size={14} aria-hidden /> Promote to {next}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={`Promote ${name} to ${next}?`}
        foot={foot}
      >
        <div className="col">
          <p className="t2">
            The branch <b className="mono">{next}</b> of your repository moves forward to {name}, or is made
            there. main and your files stay as they are.
          </p>
          <p className="t2">The way goes {environments.join(', then ')}; a branch never moves back.</p>
        </div>
      </Dialog>
    </>
  );
}
