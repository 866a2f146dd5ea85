import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/panel-states.tsx';

/** An address that names nothing. */
export function NotFoundPage() {
  return (
    <EmptyState
      sentence="There is nothing at this address."
      action={
        <Link to="/graph" className="btn">
          Open the graph
        </Link>
      }
    />
  );
}
