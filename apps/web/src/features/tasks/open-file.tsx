import { SquareArrowOutUpRight } from 'lucide-react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useOpenEditor } from '../../lib/use-open-editor.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { editorLink } from '../../ui/safe-link.ts';
import { firstLineOf, isInner } from './file-place.ts';
import { useOwnTask } from './task-context.ts';
import { useVisits } from './use-visits.ts';

function OpenIn({
  task,
  path,
  line,
}: {
  readonly task: string;
  readonly path: string;
  readonly line: number;
}) {
  const block = useWriteBlock();
  const openEditor = useOpenEditor();
  const { data } = useVisits(task);
  if (data === undefined || data.worktree === null) return null;
  const [editor] = data.editors;
  const link = editorLink(`${data.worktree}/${path}`, line);
  return (
    <IconButton
      size="sm"
      label={`Open ${path} in ${editor?.title ?? 'VS Code by its link'}`}
      disabledBecause={editor === undefined ? null : block}
      onClick={() => (editor === undefined ? location.assign(link) : openEditor({ task, file: path, line }))}
    >
      <SquareArrowOutUpRight size={13} aria-hidden />
    </IconButton>
  );
}

/** Opens a changed file of the task at hand in the person's editor, where its first change is. */
export function OpenFile({ path, patch }: { readonly path: string; readonly patch: string }) {
  const task = useOwnTask();
  return task === null || !isInner(path) ? null : (
    <OpenIn task={task} path={path} line={firstLineOf(patch)} />
  );
}
