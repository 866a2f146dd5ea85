import type { Task } from '@thalogos/contracts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { toastError } from '../../ui/toast.tsx';

/** Tells a running agent something; Enter sends, Shift+Enter makes a new line. */
export function SteerBox({ task }: { readonly task: Task }) {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const [text, setText] = useState('');
  const steer = useMutation(
    trpc.tasks.steer.mutationOptions({
      onSuccess: () => setText(''),
      onError: (error) => toastError('The agent was not told.', error),
    }),
  );
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() !== '' && block === null && !steer.isPending) steer.mutate({ task: task.id, text });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="task-steer" onSubmit={send}>
      <div className="task-steer-row">
        <TextArea
          label={`Steer ${task.agent}`}
          quietLabel
          rows={1}
          value={text}
          placeholder={block ?? `Steer ${task.agent} while it runs`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" keys="enter" busy={steer.isPending} disabledBecause={block}>
          Tell
        </Button>
      </div>
      <span className="f11 t3">Read at its next step. Nothing that it has done is lost.</span>
    </form>
  );
}
