import type { Task } from '@thalogos/contracts';
import { MessageSquare } from 'lucide-react';
import { formatNoun } from '../../lib/format.ts';
import { useShownKeys } from '../../lib/keymap-state.ts';
import { Button } from '../../ui/button.tsx';
import { type LineComment, suggestionOf } from './comments.ts';
import type { useVerdict } from './use-verdict.ts';

/** The verdict. The one primary button follows what was done: with comments it asks for changes, without it approves; neither has the focus by itself. */
export function ReviewFoot({
  task,
  comments,
  verdict,
  onAsk,
  onApply,
  applyBlock,
}: {
  readonly task: Task;
  readonly comments: readonly LineComment[];
  readonly verdict: ReturnType<typeof useVerdict>;
  readonly onAsk: () => void;
  /** Applies every suggestion among the comments. */
  readonly onApply: () => void;
  readonly applyBlock: string | null;
}) {
  const count = comments.length;
  const suggestions = comments.filter((comment) => suggestionOf(comment) !== null).length;
  return (
    <footer className="review-foot">
      <span className="review-foot-words grow f12 t2 row">
        {count > 0 && verdict.block.reject === null ? (
          <>
            <MessageSquare size={14} aria-hidden />
            <span>
              <b>{formatNoun(count, 'pending comment')}</b> sent together to {task.agent}, which works on the
              same branch
            </span>
          </>
        ) : (
          (verdict.block.approve ??
          'Approving names exactly this tree: whatever comes later is reviewed again.')
        )}
      </span>
      {suggestions > 1 && (
        <Button size="lg" disabledBecause={applyBlock} onClick={onApply}>
          Apply {suggestions} suggestions
        </Button>
      )}
      <Button
        size="lg"
        keys={useShownKeys('request-changes')}
        variant={count > 0 ? 'primary' : 'default'}
        busy={verdict.isRejecting}
        disabledBecause={verdict.block.reject}
        onClick={onAsk}
      >
        {count > 0 ? `Request ${formatNoun(count, 'change')}` : 'Request changes'}
      </Button>
      <Button
        size="lg"
        keys={useShownKeys('approve')}
        variant={count > 0 ? 'default' : 'primary'}
        busy={verdict.isApproving}
        disabledBecause={verdict.block.approve}
        onClick={verdict.approve}
      >
        {count > 0 ? 'Approve anyway' : 'Approve'}
      </Button>
    </footer>
  );
}
