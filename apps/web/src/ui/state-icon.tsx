import './state-icon.css';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import type { StateLook } from './task-look.ts';

const shapes: Readonly<Record<StateLook, ReactNode>> = {
  queued: <circle cx="8" cy="8" r="5.6" strokeDasharray="2.3 2.1" />,
  blocked: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M5.3 8h5.4" strokeWidth="2" />
    </>
  ),
  running: (
    <>
      <path d="M8 2.4a5.6 5.6 0 1 1-5.6 5.6" strokeWidth="1.9" />
      <circle cx="8" cy="8" r="2" className="solid" />
    </>
  ),
  waiting: (
    <>
      <path d="M8 1.4 14.6 8 8 14.6 1.4 8z" className="solid" />
      <path d="M8 5v3.6M8 10.9v.05" className="cutout" />
    </>
  ),
  review: (
    <>
      <path d="M1.5 8S3.9 3.7 8 3.7 14.5 8 14.5 8 12.1 12.3 8 12.3 1.5 8 1.5 8z" />
      <circle cx="8" cy="8" r="2" className="solid" />
    </>
  ),
  ready: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="m5.5 8.2 1.9 1.9 3.3-3.9" />
    </>
  ),
  saved: (
    <>
      <path d="M8 1.2 14 4.6v6.8L8 14.8 2 11.4V4.6z" className="solid" />
      <path d="m5.2 8.2 2 2 3.7-4.2" className="cutout" />
    </>
  ),
  failed: (
    <>
      <path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z" className="solid" />
      <path d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4" className="cutout" />
    </>
  ),
  cancelled: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="m4.2 11.8 7.6-7.6" />
    </>
  ),
  conflict: (
    <>
      <path d="M6.6 1.7a6.5 6.5 0 0 0 0 12.6L5.4 10.6l2.4-2.4-2.3-2.3z" className="solid" />
      <path d="M9.5 1.7a6.5 6.5 0 0 1 0 12.6l-.9-3.9 2.3-2.3-2.5-2.5z" className="solid" />
    </>
  ),
};

/** The shape of a state in its colour; the word beside it or the parent names it, so it is silent to a screen reader. `size` in px. */
export function StateIcon({ look, size = 16 }: { readonly look: StateLook; readonly size?: number }) {
  return (
    <svg
      className={classes('state-icon', look === 'running' && 'turn')}
      data-st={look}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {shapes[look]}
    </svg>
  );
}
