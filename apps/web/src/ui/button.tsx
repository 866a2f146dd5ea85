import './button.css';
import type { ComponentProps, MouseEvent } from 'react';
import { classes } from './classes.ts';
import { Kbd } from './kbd.tsx';
import { StateIcon } from './state-icon.tsx';

/** How loud a button is; a view has at most one `primary`. */
export type ButtonVariant = 'default' | 'primary' | 'ghost' | 'danger' | 'error';

/** What every button takes. */
export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: ButtonVariant;
  readonly size?: 'sm' | 'md' | 'lg';
  /** A call is under way: the ring turns and presses are ignored. */
  readonly busy?: boolean;
  /** Why it can't be pressed now, in a sentence; it stays focusable so that the reason can be read. */
  readonly disabledBecause?: string | null;
  /** The key that does the same. */
  readonly keys?: string | undefined;
}

function Mark({ variant, busy }: { readonly variant: ButtonVariant; readonly busy: boolean }) {
  if (busy) return <StateIcon look="running" size={12} />;
  return variant === 'error' && <StateIcon look="failed" size={12} />;
}

/** A button with its states: busy shows the running ring, and a disabled one always says why. */
export function Button(props: ButtonProps) {
  const { variant = 'default', size = 'md', busy = false, disabledBecause = null, keys, ...rest } = props;
  const { className, children, onClick, title, ...native } = rest;
  const isOff = disabledBecause !== null;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy || isOff) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...native}
      className={classes('btn', `btn-${variant}`, `btn-${size}`, className)}
      aria-disabled={isOff}
      aria-busy={busy}
      title={disabledBecause ?? title}
      onClick={press}
    >
      <Mark variant={variant} busy={busy} />
      {children}
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </button>
  );
}
