import type { TaskVisits } from '@thalogos/contracts';
import { useOpenEditor } from '../../lib/use-open-editor.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import type { MenuEntry } from '../../ui/menu-props.ts';
import { editorLink } from '../../ui/safe-link.ts';
import { toast, toastError } from '../../ui/toast.tsx';
import { useVisits } from './use-visits.ts';

async function copyPath(path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(path);
    toast('Path copied.');
  } catch (error) {
    toastError(`The path was not copied. It is ${path}`, error);
  }
}

/** The ways to a worktree outside the console: the person's editor, else a link and the path. */
function waysTo(
  { worktree, editors }: Pick<TaskVisits, 'worktree' | 'editors'>,
  { block, openEditor }: { readonly block: string | null; readonly openEditor: () => void },
): readonly MenuEntry[] {
  if (worktree === null) return [];
  const [editor] = editors;
  const open: MenuEntry =
    editor === undefined
      ? {
          id: 'editor',
          label: 'Open in VS Code by its link',
          onChoose: () => location.assign(editorLink(worktree)),
        }
      : { id: 'editor', label: `Open in ${editor.title}`, why: block, onChoose: openEditor };
  return [open, { id: 'path', label: 'Copy the worktree’s path', onChoose: () => void copyPath(worktree) }];
}

/** Entries of a task's menu that lead to its worktree; none while it has none. */
export function useEditorEntries(task: string): readonly MenuEntry[] {
  const block = useWriteBlock();
  const openEditor = useOpenEditor();
  const { data } = useVisits(task);
  return data === undefined ? [] : waysTo(data, { block, openEditor: () => openEditor({ task }) });
}
