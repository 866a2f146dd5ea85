import { LookWord } from '../../ui/state-word.tsx';

/** Who may come in: the owner, and for now nobody else. */
export function PeoplePart() {
  return (
    <section className="card settings-part" aria-labelledby="settings-people">
      <h2 id="settings-people">People</h2>
      <p className="row">
        <LookWord look="ready" word="You, the owner" isChip />
        <span className="f12 t2">with every right</span>
      </p>
      <p className="f12 t2">
        Whoever has the token of this machine is the owner. Nobody else can be invited yet. What you approve,
        answer and trust stands under your name in the timeline and in the audit chain.
      </p>
    </section>
  );
}
