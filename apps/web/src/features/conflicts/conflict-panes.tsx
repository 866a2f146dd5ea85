import type { ConflictDetail } from '@thalogos/contracts';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { TextArea } from '../../ui/field.tsx';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { choiceOf, chosenLines } from './conflict-draft.ts';
import { editWhole } from './conflict-draft-state.ts';
import { hunkStarts } from './conflict-view.ts';
import { DifferenceRow } from './difference-row.tsx';
import { SameRow } from './same-row.tsx';
import { SideHead } from './side-head.tsx';
import type { useSolution } from './use-solution.ts';

type Solution = ReturnType<typeof useSolution>;

const views = [
  { id: 'result', label: 'Result' },
  { id: 'base', label: 'Base' },
] as const;

function ResultHead({ detail, solution }: { readonly detail: ConflictDetail; readonly solution: Solution }) {
  const { draft, result, whyNot, isFrozen } = solution;
  const isWhole = draft.whole !== null;
  return (
    <section className="conflict-side" data-column="result" aria-label="Result">
      <div className="row">
        <div className="grow">
          <h2>Result</h2>
          <span className="f11 t2">{isFrozen ? 'settled' : (whyNot ?? 'ready, no markers left')}</span>
        </div>
        {!isWhole && (
          <Segmented
            items={views}
            value={solution.showsBase ? 'base' : 'result'}
            onChange={(id) => solution.showBase(id === 'base')}
            label="What the middle shows"
          />
        )}
      </div>
      {!isFrozen && (
        <span className="row">
          <Button size="sm" onClick={() => editWhole(detail.id, isWhole ? null : result.text)}>
            {isWhole ? 'Back to the places' : 'Edit the whole file'}
          </Button>
        </span>
      )}
    </section>
  );
}

function WholeEditor({ detail, solution }: { readonly detail: ConflictDetail; readonly solution: Solution }) {
  return (
    <div className="conflict-whole">
      <TextArea
        label={`${detail.path}, by hand`}
        className="mono"
        spellCheck={false}
        value={solution.draft.whole ?? ''}
        problem={solution.result.markers.length > 0 ? solution.whyNot : null}
        hint="What stands here is what is saved, line for line."
        onChange={(event) => editWhole(detail.id, event.target.value)}
      />
    </div>
  );
}

function Hunks({ detail, solution }: { readonly detail: ConflictDetail; readonly solution: Solution }) {
  const { hunks } = detail;
  const { draft, names, differences } = solution;
  const lengths = hunks.map((hunk, at) => {
    if (hunk.kind === 'same') return hunk.lines.length;
    const choice = choiceOf(draft, hunks, at);
    return choice === null ? 0 : chosenLines(hunk, choice, false).length;
  });
  const starts = hunkStarts(detail, lengths);
  return hunks.map((hunk, at) => {
    const start = starts[at] ?? { ours: null, result: 1, theirs: null };
    const isLast = at === hunks.length - 1;
    if (hunk.kind === 'same')
      return <SameRow key={at} lines={hunk.lines} start={start} isFirst={at === 0} isLast={isLast} />;
    return (
      <DifferenceRow
        key={at}
        hunk={hunk}
        number={differences.indexOf(at) + 1}
        choice={choiceOf(draft, hunks, at)}
        start={start}
        names={names}
        isLast={isLast}
        isCurrent={solution.current === at}
        isSought={solution.hasMoved && solution.current === at}
        isEditing={solution.editing === at}
        showsBase={solution.showsBase}
        isFrozen={solution.isFrozen}
        onFocus={() => solution.goTo(at)}
        onChoose={(choice) => solution.choose(at, choice)}
        onEdit={(isEditing) => solution.edit(isEditing ? at : null)}
      />
    );
  });
}

/** The three columns: what the left side has, what comes of it, what the right side has. */
export function ConflictPanes({
  detail,
  solution,
}: {
  readonly detail: ConflictDetail;
  readonly solution: Solution;
}) {
  const { ours, theirs } = detail.intentions;
  const isNarrow = useIsNarrow();
  const left = <SideHead key="ours" side="ours" intention={ours} path={detail.path} />;
  const result = <ResultHead key="result" detail={detail} solution={solution} />;
  const right = <SideHead key="theirs" side="theirs" intention={theirs} path={detail.path} />;
  return (
    <section className="conflict-panes" aria-label={detail.path}>
      <div className="conflict-row conflict-heads">
        {isNarrow ? [left, right, result] : [left, result, right]}
      </div>
      {solution.draft.whole === null ? (
        <Hunks detail={detail} solution={solution} />
      ) : (
        <WholeEditor detail={detail} solution={solution} />
      )}
    </section>
  );
}
