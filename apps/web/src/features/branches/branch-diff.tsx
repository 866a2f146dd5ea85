import type { Branch } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { LineCounts } from '../../ui/line-counts.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { UnifiedDiff } from '../../ui/unified-diff.tsx';

/** The branches that one can be compared with: those of the same repository, `main` first. */
function comparable(branches: readonly Branch[], { name, place, kind }: Branch): readonly string[] {
  return branches
    .filter(
      (other) => other.name !== name && (other.place === place || other.kind === 'main' || kind === 'main'),
    )
    .map((other) => other.name);
}

/** What a branch has that another has not. */
export function BranchDiff({
  project,
  branch,
  branches,
}: {
  readonly project: string;
  readonly branch: Branch;
  readonly branches: readonly Branch[];
}) {
  const trpc = useTRPC();
  const id = useId();
  const others = comparable(branches, branch);
  const [chosen, setChosen] = useAddressChoice('against');
  const against = others.find((name) => name === chosen) ?? others[0] ?? branch.name;
  const input = { project, branch: branch.name, against };
  const query = useQuery(trpc.branches.diff.queryOptions(input, { enabled: others.length > 0 }));
  if (others.length === 0) return <p className="f12 t2">There is no other branch to compare it with.</p>;
  return (
    <section className="col" aria-label="Difference">
      <div className="row branches-against">
        <label htmlFor={id} className="label">
          What it has that this one has not
        </label>
        <select
          id={id}
          className="field-input"
          value={against}
          onChange={(event) => setChosen(event.target.value, 'replace')}
        >
          {others.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <ShowQuery query={query} what="The difference could not be read.">
        {({ files, patch, truncated }) =>
          files.length === 0 ? (
            <p className="f12 t2">Nothing: {against} holds all of it.</p>
          ) : (
            <>
              <h3 className="label">{formatNoun(files.length, 'file')}</h3>
              <ul className="branches-files">
                {files.map(({ path, status, added, removed }) => (
                  <li key={path} className="row f12">
                    <span className="mono grow cut">{path}</span>
                    <span className="t3">{status}</span>
                    <LineCounts added={added} removed={removed} />
                  </li>
                ))}
              </ul>
              <UnifiedDiff patch={patch} label={`Changes of ${branch.name}`} maxHeight={560} limit={2000} />
              {truncated && <p className="f12 t3">The rest is too large to be shown here.</p>}
            </>
          )
        }
      </ShowQuery>
    </section>
  );
}
