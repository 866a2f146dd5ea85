import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatAgo } from '../../lib/format.ts';
import type { ListedConflict } from '../../lib/use-conflicts.ts';
import { useNow } from '../../lib/use-now.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { type InboxItem, KIND_WORDS } from './inbox-view.ts';
import { riskOf } from './risk.ts';

function Words({ item }: { readonly item: TaskItem }) {
  if (item.kind === 'decision') {
    const { level } = riskOf(item.decision);
    const [exactly = ''] = item.decision.detail.split('\n', 1);
    return (
      <>
        <LookWord
          look={level === 'high' ? 'conflict' : 'waiting'}
          word={
            level === 'high' ? `${KIND_WORDS[item.decision.kind]}, high risk` : KIND_WORDS[item.decision.kind]
          }
        />
        <span className="mono cut">{exactly}</span>
      </>
    );
  }
  if (item.kind === 'failed')
    return (
      <LookWord
        look="failed"
        word={item.task.error?.message ?? item.task.reason ?? 'stopped without a result'}
      />
    );
  return (
    <>
      <LookWord look="review" word="In review" />
      <LineCounts added={item.task.files.added} removed={item.task.files.removed} />
    </>
  );
}

/** A conflict opens on a page of its own; it has no age, because it stands as long as both results do. */
function ConflictRow({ conflict }: { readonly conflict: ListedConflict }) {
  return (
    <Link to="/conflicts/$conflict" params={{ conflict: conflict.id }} className="inbox-row" data-item>
      <StateIcon look="conflict" size={20} />
      <span className="grow">
        <b className="cut">
          {conflict.ours.title} and {conflict.theirs.title}
        </b>
        <span className="row f12 t2 cut">
          <LookWord look="conflict" word="Collide" />
          <span className="mono cut">{conflict.path}</span>
        </span>
      </span>
      <ChevronRight size={14} className="t3" aria-hidden />
    </Link>
  );
}

/** One closed line of the inbox; a decision opens in place, everything else on its own page. */
export function InboxRow({ item, onOpen }: { readonly item: InboxItem; readonly onOpen: () => void }) {
  return item.kind === 'conflict' ? (
    <ConflictRow conflict={item.conflict} />
  ) : (
    <TaskRow item={item} onOpen={onOpen} />
  );
}

type TaskItem = Exclude<InboxItem, { kind: 'conflict' }>;

function TaskRow({ item, onOpen }: { readonly item: TaskItem; readonly onOpen: () => void }) {
  const now = useNow('half-minute');
  const since = item.kind === 'decision' ? item.decision.createdAt : item.task.since;
  const content: ReactNode = (
    <>
      {item.task === null ? (
        <StateIcon look="waiting" size={20} />
      ) : (
        <AgentDisc name={item.task.agent} size="lg" />
      )}
      <span className="grow">
        <b className="cut">{item.kind === 'decision' ? item.decision.summary : item.task.title}</b>
        <span className="row f12 t2 cut">
          <Words item={item} />
        </span>
      </span>
      <span className="mono f11 t3">{formatAgo(since, now)}</span>
      <ChevronRight size={14} className="t3" aria-hidden />
    </>
  );
  if (item.kind === 'decision') {
    return (
      <button type="button" className="inbox-row" data-item aria-expanded={false} onClick={onOpen}>
        {content}
      </button>
    );
  }
  return (
    <Link
      to={item.kind === 'review' ? '/review/$task' : '/tasks/$task'}
      params={{ task: item.task.id }}
      className="inbox-row"
      data-item
    >
      {content}
    </Link>
  );
}
