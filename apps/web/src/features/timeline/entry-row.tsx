import type { TimelineEntry } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import type { MouseEvent } from 'react';
import { formatClock } from '../../lib/format.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { classes } from '../../ui/classes.ts';
import { EntryMark } from './entry-mark.tsx';
import { entryAgents, entryFacts, entryId, entryTitle } from './timeline-view.ts';
import { withWords } from './with-words.ts';

/** What the tag looks like from here; the seal itself is looked at when the entry is opened. */
function Signature({ entry }: { readonly entry: TimelineEntry }) {
  if (entry.tag === null) return null;
  const isGood = entry.signature === 'good';
  const Icon = isGood ? ShieldCheck : ShieldAlert;
  const words = isGood ? 'signed' : entry.signature === 'missing' ? 'its tag is gone' : 'its tag was changed';
  return (
    <span title={words} className={isGood ? 'timeline-signed' : 'timeline-broken'}>
      <Icon size={14} aria-hidden />
      <span className="sr">{words}</span>
    </span>
  );
}

/** One line of the timeline; with Shift it is compared with the one that is shown. */
export function EntryRow({
  entry,
  isCurrent,
  onCompare,
}: {
  readonly entry: TimelineEntry;
  readonly isCurrent: boolean;
  readonly onCompare: (id: string) => void;
}) {
  const id = entryId(entry);
  const click = (event: MouseEvent) => {
    if (!event.shiftKey) return;
    event.preventDefault();
    onCompare(id);
  };
  return (
    <div
      className={classes(
        'timeline-entry',
        (entry.kind === 'failed' || entry.kind === 'promotion') && 'timeline-side',
        entry.undoneBy !== null && 'timeline-undone',
      )}
    >
      <span className="timeline-mark">
        <EntryMark entry={entry} />
      </span>
      <Link
        to="/timeline/$tag"
        params={{ tag: id }}
        search={withWords({ with: null, show: null })}
        className="timeline-link"
        data-item
        aria-current={isCurrent ? 'true' : undefined}
        onClick={click}
      >
        <span className="row">
          <b className="cut">{entryTitle(entry)}</b>
          <span className="grow" />
          <time className="mono f11 t3" dateTime={new Date(entry.at).toISOString()}>
            {formatClock(entry.at)}
          </time>
        </span>
        <span className="row f12 t2">
          <span className="cut">
            {entryFacts(entry)}
            {entry.undoneBy !== null && ', undone'}
          </span>
          <span className="grow" />
          <span className="disc-stack">
            {entryAgents(entry).map((agent) => (
              <AgentDisc key={agent} name={agent} size="sm" />
            ))}
          </span>
          <Signature entry={entry} />
        </span>
      </Link>
    </div>
  );
}
