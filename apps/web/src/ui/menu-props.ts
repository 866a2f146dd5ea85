import type { ReactElement, ReactNode } from 'react';

/** One entry of a menu; `why` stands under an entry that can't be chosen now. */
export interface MenuEntry {
  readonly id: string;
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  readonly isDanger?: boolean;
  readonly why?: string | null;
  readonly hasLineBefore?: boolean;
  onChoose(): void;
}

/** A menu and the button in front of it. */
export interface MenuProps {
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly label?: string;
  readonly align?: 'start' | 'end';
}
