import type { TimelineEntry } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { checkpointOf } from '../../lib/checkpoint-of.ts';
import { formatClock, formatOid, formatSequence } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { BranchOff } from './branch-off.tsx';
import { EntryMark } from './entry-mark.tsx';
import { EntryTasks } from './entry-tasks.tsx';
import { Promote } from './promote.tsx';
import { RestorePreview } from './restore-preview.tsx';
import { checkpointBefore, entryTitle, newestCheckpoint } from './timeline-view.ts';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ entry }: { readonly entry: TimelineEntry }) {
  const passed = entry.checks.filter((check) => check.state === 'passed').length;
  const checks =
    entry.checks.length === 0
      ? 'none configured: unverified'
      : entry.checks.map((check) => `${check.name} ${check.state}`).join(', ');
  return (
    <dl className="timeline-facts">
      {entry.tag !== null && (
        <Fact name="Signature">{entry.signature === 'good' ? 'verified' : entry.signature}</Fact>
      )}
      <Fact name="Checks">
        <span title={checks}>
          {entry.checks.length === 0 ? checks : `${passed} of ${entry.checks.length} passed: ${checks}`}
        </span>
      </Fact>
      <Fact name={entry.kind === 'failed' ? 'Tried by' : 'By'}>{entry.by}</Fact>
      {entry.undoneBy !== null && (
        <Fact name="Undone by">
          <Link to="/timeline/$tag" params={{ tag: entry.undoneBy }} className="link">
            {formatSequence(entry.undoneBy)}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

/** Where a promotion brought which checkpoint. */
function Promoted({ entry: { tag, branch = '', by } }: { readonly entry: TimelineEntry }) {
  return (
    <dl className="timeline-facts">
      {tag !== null && (
        <Fact name="Checkpoint">
          <Link to="/timeline/$tag" params={{ tag }} className="link">
            {formatSequence(tag)}
          </Link>
        </Fact>
      )}
      <Fact name="Branch">
        <Link to="/branches/$branch" params={{ branch }} className="link mono">
          {branch}
        </Link>
      </Fact>
      <Fact name="By">{by}</Fact>
    </dl>
  );
}

/** The branches that this checkpoint was promoted to, newest first. */
function PromotedTo({ entries, tag }: { readonly entries: readonly TimelineEntry[]; readonly tag: string }) {
  const promotions = entries.filter((entry) => entry.kind === 'promotion' && entry.tag === tag);
  if (promotions.length === 0) return null;
  return (
    <p className="f12 t2">
      Promoted to {promotions.map(({ branch = '', at }) => `${branch} (${formatClock(at)})`).join(', ')}
    </p>
  );
}

interface WayBackProps {
  readonly entry: TimelineEntry;
  readonly entries: readonly TimelineEntry[];
  readonly isNow: boolean;
  readonly onPreview: (tag: string) => void;
}

/** The button that begins the way back: to this checkpoint, or to the one before it where `main` is here. */
function WayBack({ entry, entries, isNow, onPreview }: WayBackProps) {
  const tag = checkpointOf(entry);
  if (tag === null) return null;
  if (!isNow) return <Button onClick={() => onPreview(tag)}>Restore this</Button>;
  const before = checkpointBefore(entries, entry);
  if (before === null) return null;
  return (
    <Button onClick={() => onPreview(before)}>
      <Undo2 size={14} aria-hidden /> {entry.kind === 'restore' ? 'Undo this restore' : 'Undo this Save'}
    </Button>
  );
}

/** A checkpoint, a restore, or a Save that did not land; and the way back to it. */
export function EntryDetail({
  project,
  entry,
  entries,
}: {
  readonly project: string;
  readonly entry: TimelineEntry;
  readonly entries: readonly TimelineEntry[];
}) {
  const [previewed, setPreviewed] = useState<string | null>(null);
  const isNow = newestCheckpoint(entries) === entry;
  const tag = checkpointOf(entry);
  return (
    <section className="timeline-detail" aria-label={entryTitle(entry)}>
      <header className="row" style={{ alignItems: 'flex-start', gap: 12, flexWrap: 'wrap' }}>
        <span className="acc" style={{ paddingTop: 3 }}>
          <EntryMark entry={entry} />
        </span>
        <div className="grow">
          <h2>{entryTitle(entry)}</h2>
          <span className="mono f11 t3">
            {[entry.tag, entry.commit === null ? null : formatOid(entry.commit), formatClock(entry.at)]
              .filter((part) => part !== null)
              .join(', ')}
          </span>
        </div>
        {isNow && <span className="tag">main is here</span>}
        {tag !== null && <Promote project={project} tag={tag} entries={entries} />}
        {tag !== null && <BranchOff project={project} tag={tag} entries={entries} />}
        {previewed === null && (
          <WayBack entry={entry} entries={entries} isNow={isNow} onPreview={setPreviewed} />
        )}
      </header>
      {entry.kind === 'promotion' ? <Promoted entry={entry} /> : <Facts entry={entry} />}
      {tag !== null && <PromotedTo entries={entries} tag={tag} />}
      {previewed !== null && (
        <RestorePreview project={project} tag={previewed} onClose={() => setPreviewed(null)} />
      )}
      <EntryTasks project={project} entry={entry} entries={entries} />
    </section>
  );
}
