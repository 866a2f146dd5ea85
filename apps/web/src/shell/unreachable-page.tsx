import './frame.css';
import { Button } from '../ui/button.tsx';
import { describeError } from '../ui/describe-error.ts';
import { Orb } from '../ui/orb.tsx';

/** What a person sees when the server does not answer at all. */
export function UnreachablePage({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  const told = describeError(error);
  return (
    <main className="whole-page">
      <div className="glass whole-page-card" role="alert">
        <Orb state="offline" size={58} />
        <h1 className="f20">Thalogos does not answer</h1>
        <p className="t2">{told.message} Your files, your tasks and every checkpoint are where they were.</p>
        <p className="t3 f12">This page looks again by itself every few seconds.</p>
        <Button variant="primary" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </main>
  );
}
