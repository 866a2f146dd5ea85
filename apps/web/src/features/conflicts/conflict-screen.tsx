import type { ConflictDetail, Settled } from '@thalogos/contracts';
import { ConflictAside } from './conflict-aside.tsx';
import { ConflictBelow } from './conflict-below.tsx';
import { ConflictFoot } from './conflict-foot.tsx';
import { ConflictHead } from './conflict-head.tsx';
import { ConflictPanes } from './conflict-panes.tsx';
import type { ConflictRow } from './conflict-view.ts';
import { useConflictActs } from './use-conflict.ts';
import { useConflictKeys } from './use-conflict-keys.ts';
import { isLineWise, useSolution } from './use-solution.ts';
import { WholeChoice } from './whole-choice.tsx';

/** One conflict laid open: both intentions, the places where they meet, the result, and the verdict. */
export function ConflictScreen({
  detail,
  conflicts,
  settled,
}: {
  readonly detail: ConflictDetail;
  readonly conflicts: readonly ConflictRow[];
  readonly settled: readonly Settled[];
}) {
  const solution = useSolution(detail);
  const acts = useConflictActs(detail);
  useConflictKeys({ detail, conflicts, solution, acts });
  return (
    <div className="conflict">
      <ConflictHead detail={detail} solution={solution} acts={acts} />
      <ConflictAside conflicts={conflicts} settled={settled} current={detail.id} />
      {isLineWise(detail) ? (
        <ConflictPanes detail={detail} solution={solution} />
      ) : (
        <WholeChoice detail={detail} solution={solution} acts={acts} />
      )}
      <ConflictBelow detail={detail} />
      <ConflictFoot detail={detail} conflicts={conflicts} solution={solution} acts={acts} />
    </div>
  );
}
