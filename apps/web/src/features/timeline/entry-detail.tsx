import type { TimelineDetail, TimelineEntry } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { checkpointOf } from '../../lib/checkpoint-of.ts';
import { formatClock, formatOid, formatSequence } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { BranchOff } from './branch-off.tsx';
import { EntryMark } from './entry-mark.tsx';
import { EntryTasks } from './entry-tasks.tsx';
import { Promote } from './promote.tsx';
import { RestorePreview } from './restore-preview.tsx';
import { entryAgents, entryTitle, sealWords } from './timeline-view.ts';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function SealFact({ seal }: { readonly seal: NonNullable<TimelineDetail['seal']> }) {
  const { word, look } = sealWords(seal.state);
  return (
    <Fact name="Signature">
      <span title={seal.why}>
        <LookWord look={look} word={word} />
      </span>
      {seal.state !== 'verified' && <span className="t2"> {seal.why}</span>}
    </Fact>
  );
}

function Facts({ detail: { entry, seal } }: { readonly detail: TimelineDetail }) {
  const passed = entry.checks.filter((check) => check.state === 'passed').length;
  const checks =
    entry.checks.length === 0
      ? 'none configured: unverified'
      : entry.checks.map((check) => `${check.name} ${check.state}`).join(', ');
  const agents = entryAgents(entry);
  return (
    <dl className="timeline-facts">
      {seal !== null && <SealFact seal={seal} />}
      <Fact name="Checks">
        <span title={checks}>
          {entry.checks.length === 0 ? checks : `${passed} of ${entry.checks.length} passed: ${checks}`}
        </span>
      </Fact>
      <Fact name={entry.kind === 'failed' ? 'Tried by' : 'By'}>{entry.by}</Fact>
      {agents.length > 0 && <Fact name="Agents">{agents.join(', ')}</Fact>}
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
function PromotedTo({ promotions }: Pick<TimelineDetail, 'promotions'>) {
  if (promotions.length === 0) return null;
  return (
    <p className="f12 t2">
      Promoted to {promotions.map(({ branch, at }) => `${branch} (${formatClock(at)})`).join(', ')}
    </p>
  );
}

interface WayBackProps {
  readonly detail: TimelineDetail;
  readonly onPreview: (tag: string) => void;
}

/** The button that begins the way back: to this checkpoint, or to the one before it where `main` is here. */
function WayBack({ detail: { entry, isNow, before }, onPreview }: WayBackProps) {
  const tag = checkpointOf(entry);
  if (tag === null) return null;
  if (!isNow) return <Button onClick={() => onPreview(tag)}>Restore this</Button>;
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
  detail,
  compareWith,
}: {
  readonly project: string;
  readonly detail: TimelineDetail;
  /** What chooses another checkpoint to compare it with. */
  readonly compareWith: ReactNode;
}) {
  const [previewed, setPreviewed] = useState<string | null>(null);
  const { entry, isNow, later, promotions } = detail;
  const tag = checkpointOf(entry);
  return (
    <section className="timeline-detail" aria-label={entryTitle(entry)}>
      <header className="timeline-detail-head">
        <span className="acc timeline-detail-mark">
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
        {tag !== null && compareWith}
        {tag !== null && <Promote project={project} tag={tag} promotions={promotions} />}
        {tag !== null && <BranchOff project={project} tag={tag} later={later} />}
        {previewed === null && <WayBack detail={detail} onPreview={setPreviewed} />}
      </header>
      {entry.kind === 'promotion' ? <Promoted entry={entry} /> : <Facts detail={detail} />}
      <PromotedTo promotions={promotions} />
      {previewed !== null && (
        <RestorePreview project={project} tag={previewed} onClose={() => setPreviewed(null)} />
      )}
      <EntryTasks project={project} detail={detail} />
    </section>
  );
}
