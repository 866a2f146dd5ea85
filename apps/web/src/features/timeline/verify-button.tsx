import type { Verification } from '@thalogos/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';

function Result({ found }: { readonly found: Verification }) {
  const { commits, tags, audit } = found.checked;
  return (
    <div className="col">
      <span>
        <LookWord
          look={found.ok ? 'ready' : 'failed'}
          word={found.ok ? 'Everything is as it was signed' : formatNoun(found.problems.length, 'problem')}
          isChip
        />
      </span>
      <p className="f12 t2">
        {formatNoun(tags, 'checkpoint')}, {formatNoun(commits, 'commit')} and{' '}
        {formatNoun(audit, 'audit entry', 'audit entries')} were checked.
      </p>
      <ul className="timeline-tasks">
        {found.problems.map((problem) => (
          <li key={`${problem.what} ${problem.why}`}>
            <b className="mono f12">{problem.what}</b> <span className="f12">{problem.why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Checks every signature of the project's history, and shows the commands that do the same without Thalogos. */
export function VerifyButton({ project }: { readonly project: string }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [isShown, setShown] = useState(false);
  const verification = useQuery(trpc.timeline.verify.queryOptions({ project }, { enabled: isShown }));
  const commands = useQuery(trpc.timeline.verifyCommand.queryOptions({ project }, { enabled: isShown }));
  const open = () => {
    setShown(true);
    void client.invalidateQueries({ queryKey: trpc.timeline.verify.queryKey({ project }) });
  };
  return (
    <>
      <Button size="sm" onClick={open}>
        <ShieldCheck size={14} aria-hidden /> Verify
      </Button>
      <Dialog isOpen={isShown} onClose={() => setShown(false)} title="Is the history what was saved?" isWide>
        <div className="col" style={{ gap: 14 }}>
          <ShowQuery query={verification} what="The history could not be verified.">
            {(found) => <Result found={found} />}
          </ShowQuery>
          {commands.data !== undefined && (
            <>
              <p className="f12 t2">The same by hand, without Thalogos:</p>
              <CodeBlock text={commands.data.commands.join('\n')} wraps />
            </>
          )}
        </div>
      </Dialog>
    </>
  );
}
