import './toast.css';
import { lazy, Suspense } from 'react';
import { describeError } from './describe-error.ts';

// Nothing is told before the first picture of the page.
const notes = () => import('sonner');
const Toaster = lazy(async () => ({ default: (await notes()).Toaster }));

/** Says something in passing. */
export function toast(words: string): void {
  void notes().then((told) => told.toast(words));
}

/** Where short notes appear; stands once, in the shell. */
export function Toasts() {
  return (
    <Suspense fallback={null}>
      <Toaster position="bottom-right" offset={40} gap={8} containerAriaLabel="Notes" />
    </Suspense>
  );
}

/** Says that something the person asked for failed, and what to do about it. */
export function toastError(what: string, error: unknown): void {
  const told = describeError(error);
  const description = told.hint === null ? told.message : `${told.message} ${told.hint}`;
  void notes().then(({ toast: say }) => say.error(what, { description, duration: 9000 }));
}
