import { useQuery } from '@tanstack/react-query';
import { Workflow } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';

/** Shows a workflow for a forge that tests and scans session branches; nothing is written. */
export function WorkflowOffer({ project }: { readonly project: string }) {
  const trpc = useTRPC();
  const [isShown, setShown] = useState(false);
  const query = useQuery(trpc.branches.workflow.queryOptions({ project }, { enabled: isShown }));
  return (
    <>
      <Button size="sm" onClick={() => setShown(true)}>
        <Workflow size={14} aria-hidden /> CI workflow
      </Button>
      <Dialog isOpen={isShown} onClose={() => setShown(false)} title="A workflow for session branches" isWide>
        <ShowQuery query={query} what="The workflow could not be made.">
          {({ path, content, notes }) => (
            <div className="col branches-offer">
              <ul className="f12 t2">
                {notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
              <CodeBlock text={content} label={path} maxHeight={420} />
            </div>
          )}
        </ShowQuery>
      </Dialog>
    </>
  );
}
