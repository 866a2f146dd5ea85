import './toast.css';
import { Toaster, toast } from 'sonner';
import { describeError } from './describe-error.ts';

export { toast };

/** Where short notes appear; stands once, in the shell. */
export function Toasts() {
  return <Toaster position="bottom-right" offset={40} gap={8} containerAriaLabel="Notes" />;
}

/** Says that something the person asked for failed, and what to do about it. */
export function toastError(what: string, error: unknown): void {
  const told = describeError(error);
  toast.error(what, {
    description: told.hint === null ? told.message : `${told.message} ${told.hint}`,
    duration: 9000,
  });
}
