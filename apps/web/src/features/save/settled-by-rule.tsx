import type { Settled } from '@thalogos/contracts';
import { policyWords } from '../../lib/policy-words.ts';
import { LookWord } from '../../ui/state-word.tsx';

/** Paths on which tasks met and that stopped nothing: each with the rule, or whose kept solution, that settled it. */
export function SettledByRule({ settled }: { readonly settled: readonly Settled[] }) {
  if (settled.length === 0) return null;
  return (
    <section className="save-settled" aria-label="Conflicts that are settled">
      <p className="label">Conflicts that are settled</p>
      <ul>
        {settled.map((one) => (
          <li key={`${one.path} ${one.task}`} className="save-row">
            <span className="mono grow cut" title={one.path}>
              {one.path}
            </span>
            <LookWord look="saved" word={policyWords(one.policy)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
