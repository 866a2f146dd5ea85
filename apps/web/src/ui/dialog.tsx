import './dialog.css';
import { lazy, Suspense, useState } from 'react';
import type { DialogProps } from './dialog-props.ts';

const Body = lazy(async () => ({ default: (await import('./dialog-body.tsx')).DialogBody }));

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
