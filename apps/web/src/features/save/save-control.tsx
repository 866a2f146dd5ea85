import './save-control.css';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, Eye, ListChecks, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { useKey } from '../../lib/use-key.ts';
import { useNow } from '../../lib/use-now.ts';
import { Menu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu-props.ts';
import { Orb } from '../../ui/orb.tsx';
import { isRunning, saveControlView } from './save-view.ts';
import { SelectTasks } from './select-tasks.tsx';
import { useSaveActs, useSaveData } from './use-save.ts';

function useRunningEntries(): MenuEntry[] {
  const { save, writeBlock } = useSaveData();
  const acts = useSaveActs();
  if (isRunning(save)) {
    const why = save.canCancel ? writeBlock : 'too late: main is moving';
    return [
      {
        id: 'cancel',
        label: 'Cancel this Save',
        icon: <X size={14} aria-hidden />,
        isDanger: true,
        hasLineBefore: true,
        why,
        onChoose: acts.cancel,
      },
    ];
  }
  const waits = save?.outcome?.delivery?.state === 'waiting';
  return waits
    ? [
        {
          id: 'deliver',
          label: 'Bring it to your checkout again',
          icon: <RotateCcw size={14} aria-hidden />,
          why: writeBlock,
          onChoose: acts.deliver,
        },
      ]
    : [];
}

function useEntries(openSelection: () => void): MenuEntry[] {
  const { save, preview, writeBlock } = useSaveData();
  const navigate = useNavigate();
  const nothing = (preview.data?.enters.length ?? 0) === 0 ? 'nothing is approved' : null;
  const why = writeBlock ?? (isRunning(save) ? 'a Save is under way' : nothing);
  return [
    {
      id: 'preview',
      label: 'Dry run: what enters, what would conflict',
      icon: <Eye size={14} aria-hidden />,
      onChoose: () => void navigate({ to: '/save' }),
    },
    {
      id: 'selected',
      label: 'Save selected tasks, or try them dry',
      icon: <ListChecks size={14} aria-hidden />,
      why,
      onChoose: openSelection,
    },
    ...useRunningEntries(),
  ];
}

/** Save, on every screen: the orb's colour is the state, the words say the same, and one press does it. */
export function SaveControl() {
  const data = useSaveData();
  const acts = useSaveActs();
  const navigate = useNavigate();
  const now = useNow('half-minute');
  const [isSelecting, setSelecting] = useState(false);
  const view = saveControlView({
    ...data,
    preview: data.preview.data,
    now: Math.max(now, data.save?.endedAt ?? 0),
  });
  const entries = useEntries(() => setSelecting(true));
  const press = () => {
    if (view.disabledBecause !== null || acts.isStarting) return;
    if (view.kind === 'ready') acts.start();
    else void navigate({ to: '/save' });
  };
  useKey('save', press);
  return (
    <div className="save-control">
      <button
        type="button"
        className="save-control-main"
        aria-disabled={view.disabledBecause !== null || undefined}
        title={view.disabledBecause ?? undefined}
        onClick={press}
      >
        <Orb state={view.orb} done={view.done} now={view.now} />
        <span className="save-control-words">
          <b>{acts.isStarting ? 'Starting' : view.label}</b>
          <span>{view.reason}</span>
        </span>
      </button>
      <Menu
        label="More ways to save"
        entries={entries}
        trigger={
          <button type="button" className="save-control-more" aria-label="More ways to save">
            <ChevronDown size={12} aria-hidden />
          </button>
        }
      />
      {isSelecting && <SelectTasks onClose={() => setSelecting(false)} />}
    </div>
  );
}
