import { type KeyboardEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { type LineComment, placeOf, reasonOf } from './comments.ts';

interface RequestDialogProps {
  readonly isOpen: boolean;
  readonly agent: string;
  readonly comments: readonly LineComment[];
  readonly isBusy: boolean;
  readonly block: string | null;
  readonly onSend: (because: string) => void;
  readonly onClose: () => void;
}

/** Everything that is sent back to the agent, in one piece, before it is sent. */
export function RequestDialog({
  isOpen,
  agent,
  comments,
  isBusy,
  block,
  onSend,
  onClose,
}: RequestDialogProps) {
  const [note, setNote] = useState('');
  const because = reasonOf(note, comments);
  const why = block ?? (because === '' ? 'Say what should change.' : null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && why === null && !isBusy) onSend(because);
  };
  const foot = (
    <>
      <span className="f12 t3 grow">{agent} goes on in the same worktree and is reviewed again.</span>
      <Button variant="ghost" onClick={onClose}>
        Not yet
      </Button>
      <Button
        variant="primary"
        keys="mod+enter"
        busy={isBusy}
        disabledBecause={why}
        onClick={() => onSend(because)}
      >
        Send to {agent}
      </Button>
    </>
  );
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Request changes" foot={foot}>
      <div className="review-dialog">
        <TextArea
          label="What should change"
          rows={4}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={onKeyDown}
          hint={
            comments.length > 0
              ? 'Optional: the comments below are sent along.'
              : 'The agent reads exactly this.'
          }
        />
        {comments.length > 0 && (
          <ul className="review-dialog-list">
            {comments.map((comment) => (
              <li key={comment.id}>
                <span className="mono t3">{placeOf(comment)}</span>
                <span>{comment.text}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
