import type { Task, Whitespace } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { formatNoun } from '../../lib/format.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { chooseStyle, chooseWhitespace, type DiffStyle } from './review-state.ts';

const styles = [
  { id: 'unified', label: 'Unified' },
  { id: 'split', label: 'Split' },
] as const;

const HINTS = [
  ['p n', 'file'],
  ['[ ]', 'hunk'],
  ['c', 'comment'],
] as const;

/** Whose change this is, into what, how large; and how it is laid out. */
export function ReviewHead({
  task,
  style,
  whitespace,
}: {
  readonly task: Task;
  readonly style: DiffStyle;
  readonly whitespace: Whitespace;
}) {
  const isShown = whitespace === 'shown';
  return (
    <header className="review-head">
      <Link to="/review" className="btn btn-ghost btn-icon" aria-label="All reviews">
        <ArrowLeft size={16} aria-hidden />
      </Link>
      <AgentDisc name={task.agent} size="lg" />
      <div className="grow">
        <h1 className="cut" title={task.title}>
          {task.title}
        </h1>
        <span className="review-head-facts f12 t2">
          <StateWord state={task.state} />
          <span className="mono t3 cut review-head-branch">{task.branch.split('/').slice(-2).join('/')}</span>
          <LineCounts added={task.files.added} removed={task.files.removed} />
          <span className="t3">{formatNoun(task.files.changed, 'file')}</span>
        </span>
      </div>
      <span className="review-style">
        <Segmented items={styles} value={style} onChange={chooseStyle} label="Layout of the diff" />
      </span>
      <Button
        size="sm"
        aria-pressed={!isShown}
        title="Whether changes of blanks and tabs alone are shown"
        onClick={() => chooseWhitespace(isShown ? 'ignored' : 'shown')}
      >
        {isShown ? 'Whitespace shown' : 'Whitespace hidden'}
      </Button>
      {HINTS.map(([keys, what]) => (
        <span key={keys} className="row f11 t3 review-hints">
          <Kbd>{keys}</Kbd> {what}
        </span>
      ))}
    </header>
  );
}
