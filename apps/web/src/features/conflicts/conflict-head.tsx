import type { ConflictDetail } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { Kbd } from '../../ui/kbd.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { AskAgent } from './ask-agent.tsx';
import { conflictTitle, KIND_TITLES, standing } from './conflict-view.ts';
import type { useConflictActs } from './use-conflict.ts';
import type { useSolution } from './use-solution.ts';

/** What collides, where, how it stands; and who could propose a solution. */
export function ConflictHead({
  detail,
  solution,
  acts,
}: {
  readonly detail: ConflictDetail;
  readonly solution: ReturnType<typeof useSolution>;
  readonly acts: ReturnType<typeof useConflictActs>;
}) {
  const { differences, current } = solution;
  const place = current === null ? 0 : differences.indexOf(current) + 1;
  return (
    <header className="conflict-head">
      <Link to="/conflicts" className="btn btn-ghost btn-icon" aria-label="All conflicts">
        <ArrowLeft size={16} aria-hidden />
      </Link>
      <StateIcon look={standing(detail.resolution).look} size={20} />
      <div className="grow">
        <h1 className="cut" title={conflictTitle(detail)}>
          {conflictTitle(detail)}
        </h1>
        <span className="conflict-facts f12 t2">
          <span className="mono cut">{detail.path}</span>
          <span className="t3">{KIND_TITLES[detail.kind].toLowerCase()}</span>
          {differences.length > 0 && (
            <span className="t3">
              {differences.length === 1 ? '1 place' : `place ${place} of ${differences.length}`}
            </span>
          )}
        </span>
      </div>
      {detail.resolution === null && detail.choices.length > 0 && <AskAgent detail={detail} acts={acts} />}
      <span className="row f11 t3 conflict-hints" style={{ gap: 5 }}>
        <Kbd>[ ]</Kbd> place
      </span>
      <span className="row f11 t3 conflict-hints" style={{ gap: 5 }}>
        <Kbd>p n</Kbd> file
      </span>
    </header>
  );
}
