import type { Branch } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatOid, formatSequence } from '../../lib/format.ts';
import { safeLink } from '../../ui/safe-link.ts';
import { LookWord } from '../../ui/state-word.tsx';
import { BranchDiff } from './branch-diff.tsx';
import { branchSubtitle, branchTitle, forgeLook, pushLook, sayApart } from './branches-view.ts';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ branch }: { readonly branch: Branch }) {
  const { checkpoint, push, session, worktree, head } = branch;
  return (
    <dl className="branches-facts">
      <Fact name="At">
        <span className="mono">{formatOid(head)}</span>
      </Fact>
      <Fact name="Against main">{sayApart(branch)}</Fact>
      {checkpoint !== null && (
        <Fact name="Checkpoint">
          <Link to="/timeline/$tag" params={{ tag: checkpoint }} className="link">
            {formatSequence(checkpoint)}
          </Link>
        </Fact>
      )}
      {session !== null && (
        <Fact name="Session">
          <span className="mono">{session}</span>
        </Fact>
      )}
      {push !== null && (
        <Fact name={`At ${push.remote}`}>
          <LookWord {...pushLook(push)} />
          {push.error !== null && <span className="t2"> {push.error}</span>}
        </Fact>
      )}
      {worktree !== null && (
        <Fact name="Worktree">
          <span className="mono branches-path">{worktree}</span>
        </Fact>
      )}
    </dl>
  );
}

function Forge({ branch }: { readonly branch: Branch }) {
  if (branch.forge.length === 0) return null;
  return (
    <section aria-label="Checks of the forge">
      <h3 className="label">Checks of the forge</h3>
      <ul className="branches-files">
        {branch.forge.map((check) => {
          const link = check.link === null ? '' : safeLink(check.link);
          return (
            <li key={check.name} className="row f12">
              <LookWord look={forgeLook(check)} word={check.name} />
              <span className="grow t3 cut">{check.log}</span>
              {link !== '' && (
                <a href={link} className="link" target="_blank" rel="noreferrer noopener">
                  at the forge
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** One branch: what it stands for, where it is, and its difference from any other. */
export function BranchDetail({
  project,
  branch,
  branches,
}: {
  readonly project: string;
  readonly branch: Branch;
  readonly branches: readonly Branch[];
}) {
  return (
    <section className="branches-detail" aria-label={branch.name}>
      <header className="row branches-detail-head">
        <div className="grow">
          <h2>{branchTitle(branch)}</h2>
          <span className="mono f11 t3 branches-path">{branchSubtitle(branch)}</span>
        </div>
        {branch.task !== null && (
          <Link to="/review/$task" params={{ task: branch.task.id }} className="btn">
            Open in Review
          </Link>
        )}
      </header>
      <Facts branch={branch} />
      <Forge branch={branch} />
      <BranchDiff project={project} branch={branch} branches={branches} />
    </section>
  );
}
