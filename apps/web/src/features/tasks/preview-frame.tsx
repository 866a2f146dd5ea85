import type { Preview } from '@thalogos/contracts';
import { ExternalLink, Monitor, RotateCw, ScrollText, Smartphone, Square } from 'lucide-react';
import { useState } from 'react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { EmptyState } from '../../ui/panel-states.tsx';
import { safeLink } from '../../ui/safe-link.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { PreviewLog } from './preview-log.tsx';
import { canReach, FRAME_RIGHTS, sayPreview } from './preview-view.ts';
import { useVisitActs } from './use-visits.ts';

type Width = 'wide' | 'narrow';

const WIDTHS = [
  { id: 'wide' as const, label: <Monitor size={13} aria-label="Wide" /> },
  { id: 'narrow' as const, label: <Smartphone size={13} aria-label="Narrow" /> },
];

function Frame({
  preview,
  width,
  round,
}: {
  readonly preview: Preview;
  readonly width: Width;
  readonly round: number;
}) {
  if (preview.state.kind !== 'ready') return null;
  if (!canReach(location.hostname))
    return (
      <EmptyState
        sentence={
          <>
            It can be seen on the machine that the server runs on, at{' '}
            <code className="mono">{preview.url}</code>.
          </>
        }
      />
    );
  return (
    <div className="preview-stage" data-width={width}>
      <iframe
        key={round}
        title="Preview of this task"
        src={safeLink(preview.url)}
        sandbox={FRAME_RIGHTS}
        referrerPolicy="no-referrer"
      />
    </div>
  );
}

/** A dev server that runs: what it shows, what it prints, and its end. */
export function RunningPreview({ preview }: { readonly preview: Preview }) {
  const { task, url, state } = preview;
  const block = useWriteBlock();
  const { stop } = useVisitActs(task);
  const [width, setWidth] = useState<Width>('wide');
  const [round, setRound] = useState(0);
  const [wantsLog, setWantsLog] = useState(false);
  const isReady = state.kind === 'ready';
  return (
    <div className="visit">
      <div className="visit-bar" role="toolbar" aria-label="Preview">
        <span className="visit-note grow" role="status">
          <span className="cut">{sayPreview(preview)}</span>
        </span>
        {isReady && (
          <>
            <Segmented label="Width" items={WIDTHS} value={width} onChange={setWidth} />
            <IconButton size="sm" label="Reload the preview" onClick={() => setRound(round + 1)}>
              <RotateCw size={14} aria-hidden />
            </IconButton>
            <a className="link row f12" href={safeLink(url)} target="_blank" rel="noopener noreferrer">
              <ExternalLink size={14} aria-hidden /> Open in a tab
            </a>
            <IconButton
              size="sm"
              label="Show what it prints"
              aria-pressed={wantsLog}
              onClick={() => setWantsLog(!wantsLog)}
            >
              <ScrollText size={14} aria-hidden />
            </IconButton>
          </>
        )}
        <Button
          size="sm"
          variant="danger"
          busy={stop.isPending}
          disabledBecause={block}
          onClick={() => stop.mutate({ task })}
        >
          <Square size={12} aria-hidden /> Stop
        </Button>
      </div>
      <Frame preview={preview} width={width} round={round} />
      {(wantsLog || !isReady) && <PreviewLog task={task} isRunning />}
    </div>
  );
}
