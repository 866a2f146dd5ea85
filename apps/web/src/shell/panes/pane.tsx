import type { Pane as PaneData } from '@thalogos/contracts';
import { LayoutGrid, Maximize2, X } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { NarrowPane } from '../../lib/use-is-narrow.ts';
import { KeysAwake } from '../../lib/use-key.ts';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { Side } from './pane-layout.ts';
import { PaneRouter } from './pane-router.tsx';
import { titleOf } from './pane-title.ts';

/** What can be done with one pane. */
export interface PaneActs {
  move(side: Side): void;
  close(): void;
  goTo(address: string): void;
  /** Takes the pane that is dragged over this one. */
  take(id: string, side: Side): void;
  /** The keys are this pane's from now on. */
  wake(): void;
}

const NARROW_PX = 836;
const DRAGGED = 'application/x-thalogos-pane';
const sides = [
  ['left', 'Move left'],
  ['right', 'Move right'],
  ['up', 'Move up'],
  ['down', 'Move down'],
] as const satisfies readonly (readonly [Side, string])[];

/** Whether a box is too narrow for one thing beside another. */
function useNarrowBox() {
  const box = useRef<HTMLDivElement>(null);
  const [isNarrow, setNarrow] = useState(true);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setNarrow(entry.contentRect.width < NARROW_PX);
    });
    if (box.current !== null) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return { box, isNarrow };
}

/** The side of a box that a point is nearest to. */
function sideAt({ currentTarget, clientX, clientY }: DragEvent<HTMLElement>): Side {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  const x = (clientX - left) / width - 0.5;
  const y = (clientY - top) / height - 0.5;
  if (Math.abs(x) > Math.abs(y)) return x < 0 ? 'left' : 'right';
  return y < 0 ? 'up' : 'down';
}

function useDrop(acts: PaneActs) {
  const [side, setSide] = useState<Side | null>(null);
  const isOurs = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED);
  return {
    side,
    handlers: {
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (!isOurs(event)) return;
        event.preventDefault();
        setSide(sideAt(event));
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
          setSide(null);
      },
      onDrop: (event: DragEvent<HTMLElement>) => {
        if (!isOurs(event)) return;
        event.preventDefault();
        setSide(null);
        acts.take(event.dataTransfer.getData(DRAGGED), sideAt(event));
      },
    },
  };
}

function Head({
  pane,
  title,
  acts,
}: {
  readonly pane: PaneData;
  readonly title: string;
  readonly acts: PaneActs;
}) {
  const navigate = useNavigate();
  return (
    <header
      className="pane-head"
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, pane.id)}
    >
      <h2 className="cut grow">{title}</h2>
      <Menu
        label={`Place of ${title}`}
        entries={sides.map(([side, label]) => ({ id: side, label, onChoose: () => acts.move(side) }))}
        trigger={
          <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={`Move ${title}`}>
            <LayoutGrid size={14} aria-hidden />
          </button>
        }
      />
      <IconButton
        size="sm"
        label={`Show ${title} alone`}
        onClick={() => void navigate({ href: pane.address })}
      >
        <Maximize2 size={14} aria-hidden />
      </IconButton>
      <IconButton size="sm" label={`Close ${title}`} onClick={acts.close}>
        <X size={14} aria-hidden />
      </IconButton>
    </header>
  );
}

/** One of several panels side by side: its head moves and closes it, and only the one that was touched last takes keys. */
export function Pane({
  pane,
  isAwake,
  acts,
}: {
  readonly pane: PaneData;
  readonly isAwake: boolean;
  readonly acts: PaneActs;
}) {
  const { box, isNarrow } = useNarrowBox();
  const { side, handlers } = useDrop(acts);
  const title = titleOf(pane.address);
  return (
    <section
      className={classes('pane', isAwake && 'pane-awake', side !== null && `pane-drop pane-drop-${side}`)}
      style={{ flexGrow: pane.share }}
      aria-label={`${title} panel`}
      data-pane={pane.id}
      tabIndex={-1}
      onFocus={acts.wake}
      onPointerDown={acts.wake}
      {...handlers}
    >
      <Head pane={pane} title={title} acts={acts} />
      <div className="pane-body" ref={box}>
        <NarrowPane value={isNarrow}>
          <KeysAwake value={isAwake}>
            <PaneRouter address={pane.address} onMoved={acts.goTo} />
          </KeysAwake>
        </NarrowPane>
      </div>
    </section>
  );
}
