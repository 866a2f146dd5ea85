import type { Settled } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { policyWords } from '../../lib/policy-words.ts';
import { LookWord } from '../../ui/state-word.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { type ConflictRow, groupByKind, settledWords, standing } from './conflict-view.ts';

/** What each path was settled by, when no person was needed. */
export function SettledList({ settled }: { readonly settled: readonly Settled[] }) {
  return (
    <ul className="conflict-settled">
      {settled.map((one) => (
        <li key={`${one.path} ${one.task}`}>
          <span className="mono cut" title={one.path}>
            {one.path}
          </span>
          <LookWord look="saved" word={policyWords(one.policy)} />
        </li>
      ))}
    </ul>
  );
}

/** The conflicts by kind, with how each stands; below them what was settled by rule. */
export function ConflictAside({
  conflicts,
  settled,
  current,
}: {
  readonly conflicts: readonly ConflictRow[];
  readonly settled: readonly Settled[];
  readonly current: string;
}) {
  const done = conflicts.filter((one) => one.resolution !== null).length;
  return (
    <nav className="conflict-files" aria-label="Conflicts">
      <div className="conflict-files-head">
        <b>Conflicts</b>
        <span className="mono f11 t3">{settledWords(conflicts)}</span>
      </div>
      <div className="conflict-progress" aria-hidden="true">
        <i style={{ width: `${conflicts.length === 0 ? 0 : (done / conflicts.length) * 100}%` }} />
      </div>
      {groupByKind(conflicts).map((group) => (
        <section key={group.kind} aria-label={group.title}>
          <h2 className="label">{group.title}</h2>
          <ul>
            {group.conflicts.map((one) => {
              const { look, word } = standing(one.resolution);
              return (
                <li key={one.id}>
                  <Link
                    to="/conflicts/$conflict"
                    params={{ conflict: one.id }}
                    className="conflict-file"
                    aria-current={one.id === current ? 'page' : undefined}
                    title={`${one.path}: ${one.ours.title}, ${one.theirs.title}`}
                  >
                    <StateIcon look={look} size={14} />
                    <span className="cut mono grow">{one.path}</span>
                    <span className="f11 t3">{word}</span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      {settled.length > 0 && (
        <section className="conflict-by-rule" aria-label="Settled by rule">
          <h2 className="label">Settled by rule</h2>
          <SettledList settled={settled} />
          <p className="f11 t3">
            Checked like any other change. A rule is switched off under conflicts in .thalogos/config.yaml.
          </p>
        </section>
      )}
    </nav>
  );
}
