import { FilePlus2, Pencil, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import {
  type LineComment,
  linesWords,
  placeOf,
  suggestionOf,
  withSuggestion,
  wordsAround,
} from './comments.ts';

interface CommentNoteProps {
  readonly comment: LineComment;
  /** In words, where its lines are not what they were. */
  readonly outdated: string | null;
  /** The line that its lines were at when it was written, where they are elsewhere by now. */
  readonly movedFrom: number | null;
  /** Why its suggestion can't be applied now. */
  readonly block: string | null;
  readonly onApply: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** A comment that waits to be sent; a suggestion in it can be applied instead. */
export function CommentNote({
  comment,
  outdated,
  movedFrom,
  block,
  onApply,
  onEdit,
  onRemove,
}: CommentNoteProps) {
  const suggestion = suggestionOf(comment);
  const [before, after] = suggestion === null ? [comment.text, ''] : wordsAround(comment.text);
  return (
    <div className="review-comment">
      <div className="review-comment-head">
        <b>You</b>
        <span className="mono t3 grow cut">{linesWords(comment)}</span>
        <span className="review-pending">Pending</span>
        <IconButton size="sm" label="Change the comment" onClick={onEdit}>
          <Pencil size={12} aria-hidden />
        </IconButton>
        <IconButton size="sm" label="Remove the comment" onClick={onRemove}>
          <X size={12} aria-hidden />
        </IconButton>
      </div>
      {movedFrom !== null && (
        <p className="review-outdated">Written on line {movedFrom}; its lines have moved since.</p>
      )}
      {outdated !== null && <p className="review-outdated">{outdated}</p>}
      {before !== '' && <p>{before}</p>}
      {suggestion !== null && (
        <div className="review-suggestion">
          <div className="row">
            <span className="f11 t3 grow">Suggested instead of {linesWords(comment)}</span>
            <Button size="sm" disabledBecause={outdated ?? block} onClick={onApply}>
              Apply as a commit
            </Button>
          </div>
          <pre>{suggestion === '' ? '(nothing: the lines go away)' : suggestion}</pre>
        </div>
      )}
      {after !== '' && <p>{after}</p>}
    </div>
  );
}

/** The comment that is being written; Mod+Enter adds it, Escape lets it be. */
export function CommentForm({
  comment,
  lines,
  onAdd,
  onCancel,
}: {
  readonly comment: LineComment;
  /** What is there now, to begin a suggestion from. */
  readonly lines: readonly string[];
  readonly onAdd: (text: string) => void;
  readonly onCancel: () => void;
}) {
  const [text, setText] = useState(comment.text);
  const canSuggest =
    comment.side === 'additions' && lines.length > 0 && suggestionOf({ ...comment, text }) === null;
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
          rows={Math.min(14, Math.max(3, text.split('\n').length + 1))}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="row wrap">
          {canSuggest && (
            <Button size="sm" variant="ghost" onClick={() => setText(withSuggestion(text, lines))}>
              <FilePlus2 size={12} aria-hidden /> Suggest a change
            </Button>
          )}
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
