import { Pencil, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type LineComment, placeOf } from './comments.ts';

/** A comment that waits to be sent. */
export function CommentNote({
  comment,
  onEdit,
  onRemove,
}: {
  readonly comment: LineComment;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  return (
    <div className="review-comment">
      <div className="review-comment-head">
        <b>You</b>
        <span className="mono t3 grow cut">{placeOf(comment)}</span>
        <span className="review-pending">Pending</span>
        <IconButton size="sm" label="Change the comment" onClick={onEdit}>
          <Pencil size={12} aria-hidden />
        </IconButton>
        <IconButton size="sm" label="Remove the comment" onClick={onRemove}>
          <X size={12} aria-hidden />
        </IconButton>
      </div>
      <p>{comment.text}</p>
    </div>
  );
}

/** The comment that is being written; Mod+Enter adds it, Escape lets it be. */
export function CommentForm({
  comment,
  onAdd,
  onCancel,
}: {
  readonly comment: LineComment;
  readonly onAdd: (text: string) => void;
  readonly onCancel: () => void;
}) {
  const [text, setText] = useState(comment.text);
  const add = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() !== '') onAdd(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) add(event);
  };
  return (
    <div className="review-comment">
      <form onSubmit={add}>
        <TextArea
          label={`Comment on ${placeOf(comment)}`}
          rows={3}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="row">
          <span className="f11 t3 grow">Sent together with the others when you request changes.</span>
          <Button size="sm" variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
          <Button size="sm" type="submit" keys="mod+enter">
            Add comment
          </Button>
        </div>
      </form>
    </div>
  );
}
