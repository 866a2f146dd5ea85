import type { Branch } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { formatAgo, formatOid } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import { branchSubtitle, branchTitle, forgeLook, pushLook, sayApart } from './branches-view.ts';

/** One branch of the list, with where it stands. */
export function BranchRow({ branch, isCurrent }: { readonly branch: Branch; readonly isCurrent: boolean }) {
  const now = useNow('half-minute');
  return (
    <li>
      <Link
        to="/branches/$branch"
        params={{ branch: branch.name }}
        className="branches-link"
        data-item
        aria-current={isCurrent ? 'true' : undefined}
      >
        <span className="row">
          <b className="cut">{branchTitle(branch)}</b>
          <span className="grow" />
          {branch.push !== null && (
            <span title={pushLook(branch.push).word}>
              <StateIcon look={pushLook(branch.push).look} size={14} />
              <span className="sr">{pushLook(branch.push).word}</span>
            </span>
          )}
          {branch.forge.map((check) => (
            <span key={check.name} title={`${check.name}: ${check.state}`}>
              <StateIcon look={forgeLook(check)} size={14} />
              <span className="sr">
                {check.name} {check.state}
              </span>
            </span>
          ))}
          <time className="mono f11 t3" dateTime={new Date(branch.updatedAt).toISOString()}>
            {formatAgo(branch.updatedAt, now)}
          </time>
        </span>
        <span className="row f12 t2">
          <span className="mono f11 cut">{branchSubtitle(branch)}</span>
          <span className="grow" />
          <span className="branches-apart">{sayApart(branch)}</span>
          <span className="mono f11 t3">{formatOid(branch.head)}</span>
        </span>
      </Link>
    </li>
  );
}
