import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Check } from '../../ui/field.tsx';
import { useSaveActs, useSaveData } from './use-save.ts';

/** Chooses which of the approved tasks enter a Save; the rest stays open. */
export function SelectTasks({ onClose }: { readonly onClose: () => void }) {
  const { preview, tasks, writeBlock } = useSaveData();
  const { start } = useSaveActs();
  const enters = tasks.filter((task) => preview.data?.enters.includes(task.id));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = enters.filter((task) => !left.has(task.id)).map((task) => task.id);
  const toggle = (id: string) =>
    setLeft((old) => (old.has(id) ? new Set([...old].filter((one) => one !== id)) : new Set([...old, id])));
  const foot = (
    <>
      <span className="grow f12 t3">A task takes what it builds on with it.</span>
      <Button onClick={onClose}>Close</Button>
      <Button
        variant="primary"
        disabledBecause={writeBlock ?? (chosen.length === 0 ? 'Choose at least one task.' : null)}
        onClick={() => {
          start(chosen);
          onClose();
        }}
      >
        Save {formatNoun(chosen.length, 'task')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title="Save selected tasks" foot={foot}>
      <ul>
        {enters.map((task) => (
          <li key={task.id}>
            <Check label={task.title} checked={!left.has(task.id)} onChange={() => toggle(task.id)} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
