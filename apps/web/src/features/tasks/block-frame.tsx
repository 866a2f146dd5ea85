import type { ReactNode } from 'react';
import { formatClock } from '../../lib/format.ts';
import { classes } from '../../ui/classes.ts';

/** One block of a transcript: an icon, what happened, and when. */
export function BlockFrame({
  icon,
  at,
  tone,
  children,
}: {
  readonly icon: ReactNode;
  readonly at: number;
  readonly tone?: 'input' | 'error' | 'ask';
  readonly children: ReactNode;
}) {
  return (
    <div className={classes('block', tone !== undefined && `block-${tone}`)}>
      <span className="block-icon">{icon}</span>
      <div className="block-body">{children}</div>
      <time className="block-time" dateTime={new Date(at).toISOString()}>
        {formatClock(at)}
      </time>
    </div>
  );
}
