import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Check } from '../../ui/field.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { dryRunView } from './save-view.ts';
import { useSaveActs, useSaveData } from './use-save.ts';

/** What saving just these would meet; nothing is moved by asking. */
function DryRun({ project, only }: { readonly project: string; readonly only: readonly string[] }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.saves.preview.queryOptions(
      { project, only: [...only] },
      { enabled: only.length > 0, placeholderData: keepPreviousData },
    ),
  );
  if (only.length === 0) return null;
  if (query.error !== null) return <p className="f12 t2">What it would meet could not be looked up.</p>;
  if (query.data === undefined) return <p className="f12 t3">Looking what it would meet.</p>;
  return (
    <ul className="save-dry" aria-label="Dry run">
      {dryRunView(query.data, only).map(({ look, words }) => (
        <li key={words}>
          <LookWord look={look} word={words} />
        </li>
      ))}
    </ul>
  );
}

/** Chooses which of the approved tasks enter a Save, and says what that would meet; the rest stays open. */
export function SelectTasks({ onClose }: { readonly onClose: () => void }) {
  const { project, preview, tasks, writeBlock } = useSaveData();
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
      <DryRun project={project} only={chosen} />
    </Dialog>
  );
}
