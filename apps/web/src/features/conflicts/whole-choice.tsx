import type { ConflictDetail } from '@thalogos/contracts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { TextArea } from '../../ui/field.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { editWhole } from './conflict-draft-state.ts';
import { sideVerb } from './conflict-view.ts';
import { SideHead } from './side-head.tsx';
import type { useConflictActs } from './use-conflict.ts';
import type { useSolution } from './use-solution.ts';

interface WholeProps {
  readonly detail: ConflictDetail;
  readonly solution: ReturnType<typeof useSolution>;
  readonly acts: ReturnType<typeof useConflictActs>;
}

function Content({ detail, side }: { readonly detail: ConflictDetail; readonly side: 'ours' | 'theirs' }) {
  const content = detail.contents[side];
  if (detail.isText && content === null)
    return (
      <p className="conflict-void">
        {detail.intentions[side].title} has no file here: taking this side deletes it.
      </p>
    );
  if (content === null) return <p className="conflict-void">Not text: it can only be taken whole.</p>;
  return <CodeBlock text={content} label={detail.path} maxHeight={360} />;
}

function SideCard({ detail, acts, side }: WholeProps & { readonly side: 'ours' | 'theirs' }) {
  const isTaken = detail.resolution?.take === side;
  return (
    <div className="card conflict-card">
      <SideHead side={side} intention={detail.intentions[side]} path={detail.path} />
      <Content detail={detail} side={side} />
      <span className="row">
        <Button
          busy={acts.isResolving}
          disabledBecause={acts.block ?? (isTaken ? 'It is taken already.' : null)}
          aria-label={`${sideVerb(side, detail)}: ${detail.intentions[side].title}`}
          onClick={() => acts.resolve({ take: side })}
        >
          {sideVerb(side, detail)}
        </Button>
        {isTaken && <StateIcon look="ready" />}
      </span>
    </div>
  );
}

function ByHand({ detail, solution }: WholeProps) {
  const { whole } = solution.draft;
  if (!detail.choices.includes('content') || !detail.isText || detail.resolution !== null) return null;
  const start = detail.contents.ours ?? detail.contents.theirs ?? detail.contents.base ?? '';
  if (whole === null)
    return (
      <span className="row">
        <Button onClick={() => editWhole(detail.id, start)}>Write it by hand</Button>
      </span>
    );
  return (
    <div className="conflict-whole">
      <TextArea
        label={`${detail.path}, by hand`}
        className="mono"
        rows={14}
        spellCheck={false}
        value={whole}
        problem={solution.result.markers.length > 0 ? solution.whyNot : null}
        onChange={(event) => editWhole(detail.id, event.target.value)}
      />
      <span className="row">
        <Button size="sm" variant="ghost" onClick={() => editWhole(detail.id, null)}>
          Leave it
        </Button>
      </span>
    </div>
  );
}

/** A conflict without lines to choose from: a binary, a file that one side deleted, a submodule. One side is taken whole. */
export function WholeChoice(props: WholeProps) {
  return (
    <section className="conflict-panes conflict-wholes" aria-label={props.detail.path}>
      <div className="conflict-cards">
        <SideCard {...props} side="ours" />
        <SideCard {...props} side="theirs" />
      </div>
      <ByHand {...props} />
    </section>
  );
}
