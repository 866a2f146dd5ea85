import './dialog.css';
import { lazy, type ReactNode, Suspense, useState } from 'react';

const Body = lazy(async () => ({ default: (await import('./dialog-body.tsx')).DialogBody }));

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

/** The one kind of dialog: takes focus, gives it back, closes on Escape. It is loaded when one opens for the first time. */
export function Dialog(props: DialogProps) {
  const [wasOpened, setWasOpened] = useState(props.isOpen);
  if (props.isOpen && !wasOpened) setWasOpened(true);
  if (!wasOpened && !props.isOpen) return null;
  return (
    <Suspense fallback={null}>
      <Body {...props} />
    </Suspense>
  );
}
