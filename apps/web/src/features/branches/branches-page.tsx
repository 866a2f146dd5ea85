import './branches.css';
import type { Branch } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useRef } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { useAddressPart } from '../../lib/use-address-part.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { TextField } from '../../ui/field.tsx';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { BranchDetail } from './branch-detail.tsx';
import { BranchRow } from './branch-row.tsx';
import { groupBranches } from './branches-view.ts';
import { WorkflowOffer } from './workflow-offer.tsx';

interface ListProps {
  readonly project: string;
  readonly branches: readonly Branch[];
  readonly total: number;
  readonly current: Branch | null;
}

function List({ project, branches, total, current }: ListProps) {
  const box = useRef<HTMLElement>(null);
  const [text, setText] = useAddressChoice('q');
  const groups = groupBranches(branches, text ?? '');
  useListKeys(box);
  return (
    <section className="branches-list" aria-label="Branches" ref={box}>
      <header className="branches-head">
        <h1 className="grow">Branches</h1>
        <WorkflowOffer project={project} />
      </header>
      <div className="branches-filter">
        <TextField
          label="Search the branches"
          quietLabel
          type="search"
          placeholder="Search names, tasks, worktrees"
          value={text ?? ''}
          onChange={(event) => setText(event.target.value === '' ? null : event.target.value, 'replace')}
        />
      </div>
      <div className="branches-groups">
        {groups.length === 0 && <p className="panel-state t2">No branch of that name.</p>}
        {groups.map((group) => (
          <div key={group.title}>
            <h2 className="label branches-group">{group.title}</h2>
            <ul>
              {group.branches.map((branch) => (
                <BranchRow key={branch.name} branch={branch} isCurrent={branch === current} />
              ))}
            </ul>
          </div>
        ))}
        {total > branches.length && (
          <p className="f12 t3 branches-group">
            and {formatNoun(total - branches.length, 'older branch', 'older branches')} of tasks
          </p>
        )}
      </div>
    </section>
  );
}

/** The orchestrator's branches and the person's for checkpoints; one of them in detail, compared with any other. */
export function BranchesPage() {
  const trpc = useTRPC();
  const project = useProjectId();
  const name = useAddressPart('branch');
  const query = useQuery(trpc.branches.list.queryOptions({ project }, { enabled: project !== '' }));
  return (
    <ShowQuery query={query} what="The branches could not be read.">
      {({ branches, total }) => {
        const current =
          (name === undefined ? branches[0] : branches.find((branch) => branch.name === name)) ?? null;
        return (
          <div className="branches" data-shows={name === undefined ? 'list' : 'branch'}>
            <List project={project} branches={branches} total={total} current={current} />
            <div className="branches-pane">
              {name !== undefined && (
                <Link to="/branches" className="link f12 row branches-back">
                  <ArrowLeft size={14} aria-hidden /> All branches
                </Link>
              )}
              {current === null ? (
                <EmptyState
                  sentence={
                    name === undefined
                      ? 'There is no branch yet: the first commit of the project makes one.'
                      : 'There is no such branch in this project.'
                  }
                  action={
                    <Link to="/" className="btn">
                      State a goal
                    </Link>
                  }
                />
              ) : (
                <BranchDetail key={current.name} project={project} branch={current} branches={branches} />
              )}
            </div>
          </div>
        );
      }}
    </ShowQuery>
  );
}
