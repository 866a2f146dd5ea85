import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Which theme the person chose. */
export type ThemeChoice = 'system' | 'dark' | 'light';

/** What the page remembers about itself; a reload may forget it, the server never needs it. */
export interface InterfaceState {
  readonly isInspectorOpen: boolean;
  readonly isStripOpen: boolean;
  readonly isPaletteOpen: boolean;
  readonly areKeysShown: boolean;
  /** Single-letter shortcuts can be switched off (WCAG 2.1.4). */
  readonly singleKeysOn: boolean;
  /** The browser tells what needs the person while the page is not in front; off until asked for. */
  readonly areNoticesOn: boolean;
  readonly theme: ThemeChoice;
  readonly graphView: 'canvas' | 'list';
  readonly project: string | null;
}

/** Interface state alone; what the server knows is in react-query. Change it with `setInterface`. */
export const useInterface = create<InterfaceState>()(
  persist(
    (): InterfaceState => ({
      isInspectorOpen: true,
      isStripOpen: true,
      isPaletteOpen: false,
      areKeysShown: false,
      singleKeysOn: true,
      areNoticesOn: false,
      theme: 'system',
      graphView: 'canvas',
      project: null,
    }),
    {
      name: 'thalogos.interface',
      partialize: ({
        isInspectorOpen,
        isStripOpen,
        singleKeysOn,
        areNoticesOn,
        theme,
        graphView,
        project,
      }) => ({
        isInspectorOpen,
        isStripOpen,
        singleKeysOn,
        areNoticesOn,
        theme,
        graphView,
        project,
      }),
    },
  ),
);

/** Changes some of the interface state. */
export function setInterface(change: Partial<InterfaceState>): void {
  useInterface.setState(change);
}

/** Applies a theme now, and writes it where the script before the first paint finds it. */
export function chooseTheme(theme: ThemeChoice): void {
  setInterface({ theme });
  if (theme === 'system') {
    delete document.documentElement.dataset['theme'];
    localStorage.removeItem('thalogos.theme');
  } else {
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem('thalogos.theme', theme);
  }
}
