import type { ConflictDetail } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { hideMarks } from '../../ui/hide-marks.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { UnifiedDiff } from '../../ui/unified-diff.tsx';

type Intention = ConflictDetail['intentions']['ours'];

function Whole({ intention, path }: { readonly intention: Intention; readonly path: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Its change: ${intention.title}`}
        onClick={() => setOpen(true)}
      >
        Its change
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={intention.title} isWide>
        <div className="col" style={{ gap: 14 }}>
          <MarkedText text={intention.text === '' ? intention.title : intention.text} />
          {intention.patch === '' ? (
            <p className="t2">What it did to {path} can't be shown as lines.</p>
          ) : (
            <UnifiedDiff patch={intention.patch} label={`What it did to ${path}`} maxHeight={420} />
          )}
        </div>
      </Dialog>
    </>
  );
}

/** What one side wanted: whose work it is, in their words, with the way to the task and to its own change. */
export function SideHead({
  side,
  intention,
  path,
}: {
  readonly side: 'ours' | 'theirs';
  readonly intention: Intention;
  readonly path: string;
}) {
  const { task, title, text, agent } = intention;
  const words = hideMarks(text === '' ? title : text);
  return (
    <section
      className="conflict-side"
      data-column={side}
      aria-label={side === 'ours' ? 'Left side' : 'Right side'}
    >
      <div className="row">
        {agent === null ? <StateIcon look="saved" size={20} /> : <AgentDisc name={agent} size="lg" />}
        <div className="grow">
          {task === null ? (
            <b className="cut conflict-side-title">{title}</b>
          ) : (
            <Link to="/tasks/$task" params={{ task }} className="cut conflict-side-title" title={title}>
              {title}
            </Link>
          )}
          <span className="f11 t3 cut">{agent ?? 'already on main'}</span>
        </div>
        <Whole intention={intention} path={path} />
      </div>
      <p className="f12 t2 conflict-wants" title={words}>
        <b>Wants</b> {words}
      </p>
    </section>
  );
}
