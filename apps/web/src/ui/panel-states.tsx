import './panel-states.css';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { describeError, redact } from './describe-error.ts';
import { toast } from './toast.tsx';

/** One sentence and at most one action, where there is nothing to show. */
export function EmptyState({
  sentence,
  action,
}: {
  readonly sentence: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="panel-state panel-state-center">
      <p className="t2">{sentence}</p>
      {action}
    </div>
  );
}

/** Bars in the final shape; invisible for the first 150 ms. `widths` in percent, one bar each. */
export function Skeleton({
  widths = [70, 90, 45],
  label = 'Loading',
}: {
  readonly widths?: readonly number[];
  readonly label?: string;
}) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {widths.map((width, index) => (
        // The bars are alike and never move.
        <span key={index} className="skeleton-bar" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

/** What failed, what is safe, and the way on. The details that are copied hold no token. */
export function ErrorState({
  what,
  error,
  safe = 'Your files are unchanged.',
  onRetry,
}: {
  readonly what: string;
  readonly error: unknown;
  readonly safe?: string;
  readonly onRetry?: () => void;
}) {
  const told = describeError(error);
  const copy = async () => {
    await navigator.clipboard.writeText(
      redact(`${what}\n${told.code}: ${told.message}\n${told.hint ?? ''}\n${new Date().toISOString()}`),
    );
    toast('Details copied.');
  };
  return (
    <div className="panel-state panel-state-error" role="alert">
      <p>
        <b>{what}</b> <span className="t2">{safe}</span>
      </p>
      <p className="t2">{told.message}</p>
      {told.hint !== null && <p className="t3">{told.hint}</p>}
      <div className="row">
        {onRetry !== undefined && (
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={() => void copy()}>
          Copy details
        </Button>
      </div>
    </div>
  );
}

/** The part of a react-query result that a panel's states depend on. */
export interface QueryLike<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  refetch(): unknown;
}

/** Shows a query's data, else its skeleton or its error; data that is there stays when a refetch fails. */
export function ShowQuery<T>({
  query,
  what,
  skeleton,
  children,
}: {
  readonly query: QueryLike<T>;
  readonly what: string;
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null)
    return <ErrorState what={what} error={query.error} onRetry={() => query.refetch()} />;
  return skeleton ?? <Skeleton />;
}
