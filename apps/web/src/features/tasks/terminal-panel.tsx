import './terminal.css';
import type { TaskVisits, Terminal } from '@thalogos/contracts';
import { Plus, ShieldOff, Trash2 } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { EmptyState, ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { TerminalHandle } from './terminal-screen.tsx';
import { useVisitActs, useVisits } from './use-visits.ts';

const TerminalScreen = lazy(async () => ({
  default: (await import('./terminal-screen.tsx')).TerminalScreen,
}));

/** The size with which a shell begins; the screen tells it its own as soon as it is there. */
const SIZE = { columns: 100, rows: 30 };

function useOpenOne(task: string, onOpened: (id: string) => void) {
  const { open } = useVisitActs(task);
  return {
    isOpening: open.isPending,
    openOne: () => open.mutate({ task, size: SIZE }, { onSuccess: ({ terminal }) => onOpened(terminal.id) }),
  };
}

function Bar({
  task,
  terminals,
  shown,
  onShow,
  onFind,
}: {
  readonly task: string;
  readonly terminals: readonly Terminal[];
  readonly shown: Terminal;
  readonly onShow: (id: string) => void;
  readonly onFind: (text: string) => void;
}) {
  const block = useWriteBlock();
  const { close } = useVisitActs(task);
  const { isOpening, openOne } = useOpenOne(task, onShow);
  return (
    <div className="visit-bar" role="toolbar" aria-label="Terminal">
      {terminals.length > 1 && (
        <Segmented
          label="Which terminal"
          items={terminals.map(({ id }, index) => ({ id, label: String(index + 1) }))}
          value={shown.id}
          onChange={onShow}
        />
      )}
      <span className="visit-note grow">
        <ShieldOff size={12} aria-hidden />
        <span className="cut">
          Your shell, not contained{shown.kind === 'plain' && '; line by line, without colours'}
        </span>
      </span>
      <input
        className="field-input visit-find"
        type="search"
        placeholder="Find"
        aria-label="Find in the terminal"
        onChange={(event) => onFind(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && onFind(event.currentTarget.value)}
      />
      <IconButton
        size="sm"
        label="Open another terminal"
        busy={isOpening}
        disabledBecause={block}
        onClick={openOne}
      >
        <Plus size={14} aria-hidden />
      </IconButton>
      <IconButton
        size="sm"
        label="Close this terminal and what runs in it"
        busy={close.isPending}
        disabledBecause={block}
        onClick={() => close.mutate({ terminal: shown.id })}
      >
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

function None({
  task,
  worktree,
  onOpened,
}: {
  readonly task: string;
  readonly worktree: string | null;
  readonly onOpened: (id: string) => void;
}) {
  const block = useWriteBlock();
  const { isOpening, openOne } = useOpenOne(task, onOpened);
  if (worktree === null)
    return (
      <EmptyState sentence="There is no worktree to stand in: a task has one from its agent’s start until it is saved or cancelled." />
    );
  return (
    <EmptyState
      sentence="A shell of your own in this task’s worktree. It is not contained: it may do what you may."
      action={
        <Button busy={isOpening} disabledBecause={block} onClick={openOne}>
          Open a terminal
        </Button>
      }
    />
  );
}

function Terminals({ task, visits }: { readonly task: string; readonly visits: TaskVisits }) {
  const { terminals, worktree } = visits;
  const [chosen, choose] = useState<string | null>(null);
  const screen = useRef<TerminalHandle>(null);
  const bar = useRef<HTMLDivElement>(null);
  const shown = terminals.find(({ id }) => id === chosen) ?? terminals.at(-1);
  if (shown === undefined) return <None task={task} worktree={worktree} onOpened={choose} />;
  const leave = () => bar.current?.querySelector('input')?.focus();
  return (
    <div className="visit" ref={bar}>
      <Bar {...{ task, terminals, shown }} onShow={choose} onFind={(text) => screen.current?.find(text)} />
      <Suspense fallback={<Skeleton label="The terminal is loading" />}>
        <TerminalScreen key={shown.id} id={shown.id} onLeave={leave} handle={screen} />
      </Suspense>
      <p className="visit-hint f11 t3">
        Every key goes to the shell; <kbd className="mono">Shift+Esc</kbd> leaves it. It stays open for half
        an hour when nobody looks.
      </p>
    </div>
  );
}

/** The person's own shells in a task's worktree. */
export function TerminalPanel({ task }: { readonly task: string }) {
  const query = useVisits(task);
  return (
    <ShowQuery query={query} what="The terminals could not be read." skeleton={<Skeleton />}>
      {(visits) => <Terminals task={task} visits={visits} />}
    </ShowQuery>
  );
}
