import './terminal.css';
import './preview.css';
import type { TaskVisits } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { Play, Shield } from 'lucide-react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState, ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { RunningPreview } from './preview-frame.tsx';
import { PreviewLog } from './preview-log.tsx';
import { type PreviewView, previewView } from './preview-view.ts';
import { useVisitActs, useVisits } from './use-visits.ts';

type Offered = Extract<PreviewView, { kind: 'offer' }>;

function Offer({ task, offer, ended }: { readonly task: string } & Omit<Offered, 'kind'>) {
  const block = useWriteBlock();
  const { start } = useVisitActs(task);
  const script = offer.script === null ? '' : `\n# package.json, “dev”: ${offer.script}`;
  const untrusted = 'The project file has to be trusted first, under Settings.';
  return (
    <div className="visit">
      <div className="preview-offer">
        {ended !== null && (
          <p role="status">
            <b>The preview is not running.</b> <span className="t2">{ended}</span>
          </p>
        )}
        <CodeBlock text={`${offer.command.join(' ')}${script}`} label="Start runs exactly this" wraps />
        <p className="visit-note">
          <Shield size={12} aria-hidden />
          <span>In this task’s worktree, held like an agent; it sees nothing of the console.</span>
        </p>
        <span className="row">
          <Button
            busy={start.isPending}
            disabledBecause={offer.isTrusted ? block : untrusted}
            onClick={() => start.mutate({ task, hash: offer.hash })}
          >
            <Play size={13} aria-hidden /> Start the preview
          </Button>
          {!offer.isTrusted && (
            <Link to="/settings" className="link f12">
              Look at what the project file runs
            </Link>
          )}
        </span>
      </div>
      {ended !== null && <PreviewLog task={task} isRunning={false} />}
    </div>
  );
}

function Shown({ task, visits }: { readonly task: string; readonly visits: TaskVisits }) {
  const view = previewView(visits.preview, visits.offer);
  switch (view.kind) {
    case 'running':
      return <RunningPreview key={view.preview.startedAt} preview={view.preview} />;
    case 'offer':
      return <Offer task={task} offer={view.offer} ended={view.ended} />;
    case 'nothing':
      return <EmptyState sentence={`There is nothing to preview. ${view.why}`} />;
  }
}

/** What a task's work looks like when it runs. */
export function PreviewPanel({ task }: { readonly task: string }) {
  const query = useVisits(task);
  return (
    <ShowQuery query={query} what="The preview could not be read." skeleton={<Skeleton />}>
      {(visits) => <Shown task={task} visits={visits} />}
    </ShowQuery>
  );
}
