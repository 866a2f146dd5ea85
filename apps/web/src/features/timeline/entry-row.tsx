import type { TimelineEntry } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { formatClock } from '../../lib/format.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { classes } from '../../ui/classes.ts';
import { EntryMark } from './entry-mark.tsx';
import { entryAgents, entryFacts, entryId, entryTitle } from './timeline-view.ts';

function Signature({ entry }: { readonly entry: TimelineEntry }) {
  if (entry.tag === null) return null;
  const isGood = entry.signature === 'good';
  const Icon = isGood ? ShieldCheck : ShieldAlert;
  return (
    <span
      title={isGood ? 'signed and verified' : `signature ${entry.signature}`}
      style={{ color: isGood ? 'var(--st-saved)' : 'var(--danger-text)' }}
    >
      <Icon size={14} aria-hidden />
      <span className="sr">{isGood ? 'signed' : `signature ${entry.signature}`}</span>
    </span>
  );
}

/** One line of the timeline. */
export function EntryRow({
  entry,
  isCurrent,
}: {
  readonly entry: TimelineEntry;
  readonly isCurrent: boolean;
}) {
  return (
    <li
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
        params={{ tag: entryId(entry) }}
        className="timeline-link"
        data-item
        aria-current={isCurrent ? 'true' : undefined}
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
    </li>
  );
}
