import type { Suggestion } from './suggestions.ts';

/** What the composer offers; the arrow keys choose, Tab or Enter takes. */
export function Offers({
  offers,
  chosen,
  onTake,
}: {
  readonly offers: readonly Suggestion[];
  readonly chosen: Suggestion;
  readonly onTake: (offer: Suggestion) => void;
}) {
  return (
    <ul className="composer-offers" id="composer-offers" role="listbox" aria-label="Commands and agents">
      {offers.map((offer, index) => (
        <li
          key={offer.insert}
          id={`offer-${index}`}
          role="option"
          aria-selected={offer === chosen}
          onPointerDown={(event) => {
            // The text field keeps the focus.
            event.preventDefault();
            onTake(offer);
          }}
        >
          <b className="mono">{offer.insert}</b>
          <span className="t3">{offer.does}</span>
        </li>
      ))}
    </ul>
  );
}
