import { ErrorState } from '../ui/panel-states.tsx';

/** A panel that broke while drawing: the rest of the console stays usable. */
export function FaultPage({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <ErrorState
      what="This panel could not be shown."
      error={error}
      safe="Your files are unchanged and agents go on."
      onRetry={reset}
    />
  );
}
