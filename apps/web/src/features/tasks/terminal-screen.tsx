import '@xterm/xterm/css/xterm.css';
import '../../ui/ansi.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { Button } from '../../ui/button.tsx';
import { TerminalConnection } from './terminal-link.ts';
import { readTheme, watchTheme } from './terminal-look.ts';
import type { TerminalLink } from './terminal-view.ts';

/** What may be asked of a terminal on the screen. */
export interface TerminalHandle {
  find(text: string): void;
  focus(): void;
}

interface Screen {
  readonly terminal: Terminal;
  readonly search: SearchAddon;
  close(): void;
}

const SCROLLBACK_LINES = 5000;

/** Keys that are the page's: leaving the terminal, copying what is marked, pasting. */
function isForThePage(event: KeyboardEvent, terminal: Terminal, leave: () => void): boolean {
  if (event.key === 'Escape' && event.shiftKey) {
    if (event.type === 'keydown') leave();
    return true;
  }
  if (!event.ctrlKey && !event.metaKey) return false;
  const key = event.key.toLowerCase();
  return key === 'v' || (key === 'c' && terminal.hasSelection());
}

function openScreen(
  box: HTMLElement,
  { id, leave, onLink }: { id: string; leave: () => void; onLink: (link: TerminalLink) => void },
): Screen {
  const { fontFamily } = getComputedStyle(box);
  const terminal = new Terminal({
    ...{ fontFamily, fontSize: 12.5, lineHeight: 1.2, scrollback: SCROLLBACK_LINES, theme: readTheme(box) },
    minimumContrastRatio: 4.5,
  });
  const [fit, search] = [new FitAddon(), new SearchAddon()];
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.open(box);
  fit.fit();
  terminal.attachCustomKeyEventHandler((event) => !isForThePage(event, terminal, leave));
  // A key that is typed here is the shell's, and no shortcut of the console.
  const keep = (event: KeyboardEvent) => event.stopPropagation();
  box.addEventListener('keydown', keep);
  const link = new TerminalConnection(id, {
    onLink,
    onFresh: ({ columns, rows }) => {
      terminal.reset();
      terminal.resize(columns, rows);
    },
    onCaughtUp: () => fit.fit(),
    onOutput: (bytes, done) => terminal.write(bytes, done),
    size: () => ({ columns: terminal.cols, rows: terminal.rows }),
  });
  terminal.onData((keys) => link.input(keys));
  terminal.onBinary((keys) => link.input(keys));
  terminal.onResize(({ cols: columns, rows }) => link.resize({ columns, rows }));
  const observer = new ResizeObserver(() => fit.fit());
  observer.observe(box);
  const unwatch = watchTheme(() => (terminal.options.theme = readTheme(box)));
  return {
    ...{ terminal, search },
    close: () => {
      unwatch();
      observer.disconnect();
      box.removeEventListener('keydown', keep);
      link.close();
      terminal.dispose();
    },
  };
}

function Notice({ link, onRejoin }: { readonly link: TerminalLink; readonly onRejoin: () => void }) {
  if (link.kind === 'open' || link.kind === 'connecting') return null;
  return (
    <div className="terminal-notice" role="status">
      {link.kind === 'lost' ? (
        <span>The connection was lost; the shell goes on, and so will this as soon as it is back.</span>
      ) : (
        <span>{link.why}</span>
      )}
      {link.kind === 'parted' && link.canRejoin && (
        <Button size="sm" onClick={onRejoin}>
          Show it here
        </Button>
      )}
    </div>
  );
}

/** A terminal as it is: what its shell prints, and the keys that are typed. Loaded only where one is open. */
export function TerminalScreen({
  id,
  onLeave,
  handle,
}: {
  readonly id: string;
  /** Where the focus goes with Shift+Escape. */
  readonly onLeave: () => void;
  readonly handle: Ref<TerminalHandle>;
}) {
  const box = useRef<HTMLDivElement>(null);
  const screen = useRef<Screen>(null);
  const leave = useRef(onLeave);
  const [link, setLink] = useState<TerminalLink>({ kind: 'connecting' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    leave.current = onLeave;
  });
  useEffect(() => {
    if (box.current === null) return undefined;
    const opened = openScreen(box.current, { id, leave: () => leave.current(), onLink: setLink });
    screen.current = opened;
    opened.terminal.focus();
    return () => opened.close();
  }, [id, round]);
  useImperativeHandle(handle, () => ({
    find: (text) => void screen.current?.search.findNext(text),
    focus: () => screen.current?.terminal.focus(),
  }));
  return (
    <>
      <Notice link={link} onRejoin={() => setRound(round + 1)} />
      <div className="terminal-box" ref={box} role="group" aria-label="Terminal" data-link={link.kind} />
    </>
  );
}
