import { useMutation } from '@tanstack/react-query';
import { toast, toastError } from '../ui/toast.tsx';
import { useTRPC } from './trpc.ts';

/** A place that a person wants to see in their editor: a task's worktree, or a line of a file in it. */
export interface EditorPlace {
  readonly task: string;
  readonly file?: string;
  readonly line?: number;
}

/** Opens a place in the person's own editor, on the machine that the server runs on. */
export function useOpenEditor(): (place: EditorPlace) => void {
  const trpc = useTRPC();
  const { mutate } = useMutation(
    trpc.visits.openEditor.mutationOptions({
      onSuccess: ({ editor }) => toast(`Opened in ${editor.title}.`),
      onError: (error) => toastError('No editor was opened.', error),
    }),
  );
  return (place) => mutate(place);
}
