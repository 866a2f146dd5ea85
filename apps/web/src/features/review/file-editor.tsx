import { useMutation, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { toast } from '../../ui/toast.tsx';

interface FileEditorProps {
  readonly task: string;
  readonly tree: string;
  readonly path: string;
  readonly onClose: () => void;
}

/** A file of the result, to be edited by hand; what is saved is a commit of the person's on the task's branch. */
export function FileEditor({ task, tree, path, onClose }: FileEditorProps) {
  const trpc = useTRPC();
  // The tree that it was opened in: a later one may hold another text.
  const [opened] = useState(tree);
  const query = useQuery(
    trpc.changes.file.queryOptions({ task, tree: opened, path }, { staleTime: Infinity, gcTime: 0 }),
  );
  const [text, setText] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const offline = useWriteBlock();
  const save = useMutation(
    trpc.changes.edit.mutationOptions({
      onSuccess: () => {
        toast(`Saved ${path}, as a commit of yours.`);
        onClose();
      },
    }),
  );
  const before = query.data?.kind === 'text' ? query.data.text : null;
  const isChanged = text !== null && text !== before;
  const block = offline ?? (isChanged ? null : 'Nothing is changed yet.');
  const keep = () => {
    if (block === null && !save.isPending && text !== null) save.mutate({ task, tree: opened, path, text });
  };
  const leave = () => (isChanged && !isLeaving ? setLeaving(true) : onClose());
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.key === 's' && (event.metaKey || event.ctrlKey))) return;
    // Here it keeps this file; the Save of the project rests.
    event.preventDefault();
    event.stopPropagation();
    keep();
  };
  const foot = isLeaving ? (
    <Leaving onStay={() => setLeaving(false)} onLeave={onClose} />
  ) : (
    <>
      <span className="f12 t3 grow" role={save.error === null ? undefined : 'alert'}>
        {save.error === null
          ? 'A commit of yours on the task’s branch; an approval has to be given again.'
          : `${describeError(save.error).message} Your text is still here.`}
      </span>
      <Button variant="ghost" onClick={leave}>
        Close
      </Button>
      <Button variant="primary" keys="mod+s" busy={save.isPending} disabledBecause={block} onClick={keep}>
        Save the file
      </Button>
    </>
  );
  return (
    <div onKeyDown={onKeyDown} role="presentation">
      <Dialog isOpen onClose={leave} title={path} isWide foot={foot}>
        <ShowQuery query={query} what="The file could not be read.">
          {(file) =>
            file.kind === 'text' ? (
              <TextEditor label={`Text of ${path}`} value={text ?? file.text} onChange={setText} />
            ) : (
              <EmptyState sentence={`${path} can’t be edited here: ${file.why}.`} />
            )
          }
        </ShowQuery>
      </Dialog>
    </div>
  );
}

function Leaving({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  return (
    <>
      <span className="f12 grow" role="alert">
        What you changed in this file is not saved.
      </span>
      <Button variant="danger" onClick={onLeave}>
        Throw it away
      </Button>
      <Button variant="primary" autoFocus onClick={onStay}>
        Go on editing
      </Button>
    </>
  );
}

/** Puts a tab where the selection is, in a way that the field's own undo knows. */
function insertTab(field: HTMLTextAreaElement, unit: string): void {
  // The only way into a field's undo history, and what browsers are still made to keep.
  document.execCommand('insertText', false, unit);
  field.focus();
}

/** What a file is set in with: tabs, or as many blanks as its first indented line. */
function indentOf(text: string): string {
  return /^(\t| {2,8})\S/m.exec(text)?.[1] ?? '  ';
}

/** A plain text with line numbers. Tab sets in; after Escape or Ctrl+M it moves on, so that nobody is held. */
function TextEditor({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const numbers = useRef<HTMLPreElement>(null);
  const [tabsMove, setTabsMove] = useState(false);
  const count = value.split('\n').length;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'm' && event.ctrlKey) {
      event.preventDefault();
      setTabsMove(!tabsMove);
    }
    if (event.key !== 'Tab' || event.shiftKey || tabsMove) return;
    event.preventDefault();
    insertTab(event.currentTarget, indentOf(value));
  };
  return (
    <div className="review-editor">
      <pre ref={numbers} className="review-editor-numbers" aria-hidden="true">
        {Array.from({ length: count }, (_, at) => at + 1).join('\n')}
      </pre>
      <textarea
        aria-label={label}
        aria-description={`Tab ${tabsMove ? 'moves on' : 'sets in'}; Ctrl+M switches.`}
        value={value}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onScroll={(event) => {
          if (numbers.current !== null) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
