import './conflicts.css';
import type { SaveView, Settled } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { isPolicy } from '../../lib/policy-words.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useAddressPart } from '../../lib/use-address-part.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { Collisions } from './collisions.tsx';
import { ConflictScreen } from './conflict-screen.tsx';
import { SettledList } from './conflict-aside.tsx';
import { type ConflictRow, groupByKind, settledWords, standing } from './conflict-view.ts';
import { useSaveAgain } from './use-conflict.ts';

/** What needed no person in the last Save: a solution that somebody gave stands in the list already. */
function settledByRule(save: SaveView | null): readonly Settled[] {
  const all = save?.settled ?? save?.outcome?.settled ?? [];
  return all.filter((one) => isPolicy(one.policy));
}

function useConflicts() {
  const trpc = useTRPC();
  const project = useProjectId();
  const enabled = project !== '';
  const list = useQuery(trpc.conflicts.list.queryOptions({ project }, { enabled }));
  const current = useQuery(trpc.saves.current.queryOptions({ project }, { enabled }));
  const save = current.data?.save ?? null;
  return { list, save, settled: settledByRule(save) };
}

function Row({ conflict }: { readonly conflict: ConflictRow }) {
  const { look, word } = standing(conflict.resolution);
  return (
    <Link
      to="/conflicts/$conflict"
      params={{ conflict: conflict.id }}
      className="conflict-list-row"
      data-item
    >
      <span className="grow">
        <b className="cut mono">{conflict.path}</b>
        <span className="f12 t2 cut">
          {conflict.ours.title} and {conflict.theirs.title}
        </span>
      </span>
      <LookWord look={look} word={word} />
    </Link>
  );
}

function Groups({
  conflicts,
  save,
}: {
  readonly conflicts: readonly ConflictRow[];
  readonly save: string | null;
}) {
  const again = useSaveAgain(save);
  const isDone = conflicts.every((one) => one.resolution !== null);
  return (
    <>
      <header className="row">
        <h1>Conflicts</h1>
        <span className="f12 t2 grow">{settledWords(conflicts)}</span>
        {isDone && (
          <Button variant="primary" busy={again.isStarting} disabledBecause={again.why} onClick={again.start}>
            Save with these
          </Button>
        )}
      </header>
      {groupByKind(conflicts).map((group) => (
        <section key={group.kind} className="col" aria-label={group.title}>
          <h2 className="label">{group.title}</h2>
          {group.conflicts.map((one) => (
            <Row key={one.id} conflict={one} />
          ))}
        </section>
      ))}
    </>
  );
}

/** Every conflict of the project that a person can settle, and what was settled by rule. */
export function ConflictsPage() {
  const { list, save, settled } = useConflicts();
  const box = useRef<HTMLDivElement>(null);
  useListKeys(box);
  return (
    <div className="page" ref={box}>
      <ShowQuery query={list} what="The conflicts could not be read.">
        {({ conflicts }) => (
          <div className="conflict-list">
            {conflicts.length === 0 ? (
              <>
                <h1>Conflicts</h1>
                <EmptyState
                  sentence="Nothing collides. Where two results change the same lines, it is settled here."
                  action={
                    <Link to="/save" className="btn">
                      Look at the next Save
                    </Link>
                  }
                />
              </>
            ) : (
              <Groups conflicts={conflicts} save={save?.id ?? null} />
            )}
            <Collisions conflicts={conflicts} />
            {settled.length > 0 && (
              <section className="col" aria-label="Settled by rule">
                <h2 className="label">Settled by rule in the last Save</h2>
                <SettledList settled={settled} />
              </section>
            )}
          </div>
        )}
      </ShowQuery>
    </div>
  );
}

function One({ conflict }: { readonly conflict: string }) {
  const trpc = useTRPC();
  const { list, settled } = useConflicts();
  const query = useQuery(trpc.conflicts.get.queryOptions({ conflict }));
  return (
    <ShowQuery
      query={query}
      what="The conflict could not be read."
      skeleton={<Skeleton widths={[40, 90, 80, 85, 60]} />}
    >
      {(detail) => (
        <ConflictScreen detail={detail} conflicts={list.data?.conflicts ?? []} settled={settled} />
      )}
    </ShowQuery>
  );
}

/** One conflict, by its address. */
export function ConflictPage() {
  const conflict = useAddressPart('conflict') ?? '';
  return <One key={conflict} conflict={conflict} />;
}
