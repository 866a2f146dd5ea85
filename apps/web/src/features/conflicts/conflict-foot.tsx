import type { ConflictDetail } from '@thalogos/contracts';
import { useNavigate } from '@tanstack/react-router';
import { formatAgo } from '../../lib/format.ts';
import { useShownKeys } from '../../lib/keymap-state.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { type ConflictRow, nextOpen, resolutionWords } from './conflict-view.ts';
import { type useConflictActs, useSaveAgain } from './use-conflict.ts';
import { isLineWise, type useSolution } from './use-solution.ts';

interface FootProps {
  readonly detail: ConflictDetail;
  readonly conflicts: readonly ConflictRow[];
  readonly solution: ReturnType<typeof useSolution>;
  readonly acts: ReturnType<typeof useConflictActs>;
}

function Settled({ detail, conflicts, acts }: FootProps) {
  const navigate = useNavigate();
  const now = useNow('half-minute');
  const again = useSaveAgain(detail.save);
  const undoKeys = useShownKeys('conflict-undo');
  const nextKeys = useShownKeys('conflict-next');
  const next = nextOpen(conflicts, detail.id);
  const { resolution } = detail;
  if (resolution === null) return null;
  return (
    <>
      <span className="conflict-foot-words grow f12 t2">
        <LookWord look="ready" word={`Settled by ${resolution.by}, ${formatAgo(resolution.at, now)}:`} />{' '}
        {resolutionWords(resolution, detail)}. It takes effect with the next Save.
      </span>
      <Button
        size="lg"
        keys={undoKeys}
        busy={acts.isWithdrawing}
        disabledBecause={acts.block}
        onClick={acts.withdraw}
      >
        Undo
      </Button>
      {next !== null && (
        <Button
          size="lg"
          variant="primary"
          keys={nextKeys}
          onClick={() => void navigate({ to: '/conflicts/$conflict', params: { conflict: next.id } })}
        >
          Next conflict
        </Button>
      )}
      <Button
        size="lg"
        variant={next === null ? 'primary' : 'default'}
        busy={again.isStarting}
        disabledBecause={again.why}
        onClick={again.start}
      >
        Save with this
      </Button>
    </>
  );
}

function TakeWhole({ detail, acts }: FootProps) {
  const take = (side: 'ours' | 'theirs' | 'union', label: string, means: string) =>
    detail.choices.includes(side) && (
      <Button
        size="lg"
        busy={acts.isResolving}
        disabledBecause={acts.block}
        aria-label={`${label}: ${means}`}
        title={means}
        onClick={() => acts.resolve({ take: side })}
      >
        {label}
      </Button>
    );
  return (
    <>
      {take('ours', 'Take left', `the whole file of ${detail.ours.title}`)}
      {take('theirs', 'Take right', `the whole file of ${detail.theirs.title}`)}
      {take('union', 'Union', 'the lines of both sides, each once')}
    </>
  );
}

function Standing({ detail, solution, isWritten, why }: FootProps & OpenState) {
  const ready = solution.draft.whole === null ? 'Every place is decided.' : 'No markers are left.';
  if (isWritten) return <LookWord look={why === null ? 'ready' : 'conflict'} word={why ?? ready} />;
  return detail.choices.length === 0
    ? 'This kind can not be settled here: save one of the two tasks, then let the other be done again on top of it.'
    : 'Take one side whole. It can be undone until the next Save.';
}

interface OpenState {
  /** Whether there is a result to keep, of choices or written by hand. */
  readonly isWritten: boolean;
  /** Why it can't be kept yet. */
  readonly why: string | null;
}

function Open(props: FootProps) {
  const { detail, solution, acts } = props;
  const isLines = isLineWise(detail);
  const isWritten = isLines || solution.draft.whole !== null;
  const why = isWritten ? solution.whyNot : null;
  const keepKeys = useShownKeys('conflict-keep');
  return (
    <>
      <span className="conflict-foot-words grow f12 t2">
        <Standing {...props} isWritten={isWritten} why={why} />
      </span>
      {isLines && <TakeWhole {...props} />}
      {isWritten && detail.choices.includes('content') && (
        <Button
          size="lg"
          variant="primary"
          keys={keepKeys}
          busy={acts.isResolving}
          disabledBecause={acts.block ?? why}
          onClick={() => acts.resolve({ take: 'content', content: solution.result.text })}
        >
          Keep this result
        </Button>
      )}
    </>
  );
}

/** The verdict on a conflict: keep the result or take a side; once settled, the way back and the Save that waited for it. */
export function ConflictFoot(props: FootProps) {
  return (
    <footer className="conflict-foot" aria-live="polite">
      {props.detail.resolution === null ? <Open {...props} /> : <Settled {...props} />}
    </footer>
  );
}
