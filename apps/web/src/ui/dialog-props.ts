import type { ReactNode } from 'react';

/** What a dialog is made of. */
export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** No visible head: the title is only read aloud. */
  readonly isBare?: boolean;
  readonly isWide?: boolean;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}
