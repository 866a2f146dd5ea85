import type { ITheme } from '@xterm/xterm';

const ANSI = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The colours of the console as a terminal wants them: values, for it knows no variables. */
export function readTheme(box: HTMLElement): ITheme {
  const probe = document.createElement('span');
  box.append(probe);
  const read = (name: string) => {
    probe.className = name;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(ANSI.map((name) => [name, read(`ansi-${name}`)]));
  const bright = Object.fromEntries(
    ANSI.map((name) => [`bright${name.charAt(0).toUpperCase()}${name.slice(1)}`, read(`ansi-${name}`)]),
  );
  const theme = {
    ...colours,
    ...bright,
    foreground: read('terminal-ink'),
    background: read('terminal-ground'),
    cursor: read('terminal-cursor'),
    cursorAccent: read('terminal-ground'),
    selectionBackground: read('terminal-selection'),
  };
  probe.remove();
  return theme;
}

/** Calls `onChange` whenever the page changes between dark and light; the returned function ends that. */
export function watchTheme(onChange: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  dark.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', onChange);
  };
}
