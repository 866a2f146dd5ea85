import type { ReactNode } from 'react';
import { classes } from '../ui/classes.ts';

/** One line above the panel that says something about the whole page. */
export function Note({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'plain' | 'amber' | 'indigo';
  readonly children: ReactNode;
}) {
  return (
    <div className={classes('note', tone !== 'plain' && `note-${tone}`)} role="status">
      {children}
    </div>
  );
}
