import './panes.css';
import type { Arrangement } from '@thalogos/contracts';
import { Plus, RotateCcw } from 'lucide-react';
import { Fragment, useContext, useRef, useState } from 'react';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { useKey } from '../../lib/use-key.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/panel-states.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { PANELS } from '../panels.ts';
import {
  addPane,
  closePane,
  FIRST_ARRANGEMENT,
  type Line,
  lineValue,
  moveLine,
  movePane,
  movedTo,
  panesOf,
  putBeside,
} from './pane-layout.ts';
import { InPane } from './pane-router.tsx';
import { titleOf } from './pane-title.ts';
import { Pane, type PaneActs } from './pane.tsx';
import { Splitter } from './splitter.tsx';
import { useArrangement } from './use-arrangement.ts';

type Change = (next: (now: Arrangement) => Arrangement) => void;

function actsOf(id: string, change: Change, wake: () => void): PaneActs {
  return {
    move: (side) => change((now) => movePane(now, id, side)),
    close: () => change((now) => closePane(now, id)),
    goTo: (address) => change((now) => movedTo(now, id, address)),
    take: (dragged, side) => change((now) => putBeside(now, dragged, { target: id, side })),
    wake,
  };
}

/** Adds a panel, or puts them back as they were at first. */
function Tools({ arrangement, change }: { readonly arrangement: Arrangement; readonly change: Change }) {
  const isFull = addPane(arrangement, '/') === arrangement;
  const entries = PANELS.filter(({ id }) => id !== 'panels').map((panel) => ({
    id: panel.id,
    label: panel.title,
    icon: <panel.icon size={14} aria-hidden />,
    why: isFull ? 'There is no room for more.' : null,
    onChoose: () => change((now) => addPane(now, panel.to)),
  }));
  return (
    <div className="panes-tools">
      <h1 className="f14 grow">Panels</h1>
      <Menu
        label="Panels to add"
        entries={entries}
        trigger={
          <button type="button" className="btn btn-sm">
            <Plus size={14} aria-hidden /> Add a panel
          </button>
        }
      />
      <Button size="sm" variant="ghost" onClick={() => change(() => FIRST_ARRANGEMENT)}>
        <RotateCcw size={14} aria-hidden /> As at first
      </Button>
    </div>
  );
}

interface Shown {
  readonly arrangement: Arrangement;
  readonly change: Change;
  readonly awake: string | null;
  readonly onWake: (id: string) => void;
}

function Divider({ shown, line }: { readonly shown: Shown; readonly line: Line }) {
  const { arrangement, change } = shown;
  return (
    <Splitter
      isUpright={line.kind === 'column'}
      label={line.kind === 'column' ? 'Width of the columns' : 'Height of the panels'}
      value={lineValue(arrangement, line)}
      onMove={(by) => change((now) => moveLine(now, line, by))}
    />
  );
}

function Columns({ shown }: { readonly shown: Shown }) {
  const { arrangement, change, awake, onWake } = shown;
  return (
    <div className="panes">
      {arrangement.columns.map((column, at) => (
        <Fragment key={column.panes.map(({ id }) => id).join()}>
          {at > 0 && <Divider shown={shown} line={{ kind: 'column', before: at - 1 }} />}
          <div className="panes-column" style={{ flexGrow: column.share }}>
            {column.panes.map((pane, row) => (
              <Fragment key={pane.id}>
                {row > 0 && <Divider shown={shown} line={{ kind: 'pane', column: at, before: row - 1 }} />}
                <Pane
                  pane={pane}
                  isAwake={pane.id === awake}
                  acts={actsOf(pane.id, change, () => onWake(pane.id))}
                />
              </Fragment>
            ))}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

/** In a narrow window one panel is shown at a time. */
function OneByOne({ shown }: { readonly shown: Shown }) {
  const { arrangement, change, awake, onWake } = shown;
  const panes = panesOf(arrangement);
  const pane = panes.find(({ id }) => id === awake) ?? panes[0];
  if (pane === undefined) return null;
  return (
    <>
      <div className="panes-one">
        <Segmented
          label="Panel"
          items={panes.map(({ id, address }) => ({ id, label: titleOf(address) }))}
          value={pane.id}
          onChange={onWake}
        />
      </div>
      <div className="panes">
        <div className="panes-column">
          <Pane key={pane.id} pane={pane} isAwake acts={actsOf(pane.id, change, () => onWake(pane.id))} />
        </div>
      </div>
    </>
  );
}

/** Any panels side by side, as a person arranges them for this session; the fixed layout stays a key away. */
export function PanesPage() {
  const { arrangement, change, isLoading, error, retry } = useArrangement();
  const [chosen, setChosen] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow();
  const isInside = useContext(InPane);
  const panes = panesOf(arrangement);
  const awake = panes.some(({ id }) => id === chosen) ? chosen : (panes[0]?.id ?? null);
  useKey(
    'go-panels',
    () => {
      const next = panes[(panes.findIndex(({ id }) => id === awake) + 1) % panes.length];
      if (next === undefined) return;
      setChosen(next.id);
      box.current?.querySelector<HTMLElement>(`[data-pane="${CSS.escape(next.id)}"]`)?.focus();
    },
    !isInside,
  );
  if (isInside) return <EmptyState sentence="The panels stand side by side already." />;
  if (isLoading) return <Skeleton widths={[60, 90, 90, 70]} label="The panels are being read" />;
  if (error !== null)
    return <ErrorState what="How the panels stand could not be read." error={error} onRetry={retry} />;
  const shown = { arrangement, change, awake, onWake: setChosen };
  return (
    <div className="panes-page" ref={box}>
      <Tools arrangement={arrangement} change={change} />
      {panes.length === 0 ? (
        <EmptyState
          sentence="No panel is open here."
          action={<Button onClick={() => change(() => FIRST_ARRANGEMENT)}>Open three of them</Button>}
        />
      ) : isNarrow ? (
        <OneByOne shown={shown} />
      ) : (
        <Columns shown={shown} />
      )}
    </div>
  );
}
