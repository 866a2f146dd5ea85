import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { suggest, type Suggestion, takeSuggestion } from './suggestions.ts';

/** What the composer offers for the word that is being typed, and the keys that choose among it. */
export function useOffers(text: string, onText: (text: string) => void) {
  const trpc = useTRPC();
  const agents = useQuery(trpc.agents.list.queryOptions());
  const roles = useQuery(trpc.planning.roles.queryOptions());
  const [at, setAt] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const offers =
    closedFor === text
      ? []
      : suggest(text, [
          ...(agents.data?.agents ?? []).filter((agent) => agent.installed),
          ...(roles.data?.roles ?? []).map(({ name, does }) => ({ name, title: does })),
        ]);
  const chosen = offers[Math.min(at, offers.length - 1)];
  const take = (offer: Suggestion | undefined = chosen) => {
    if (offer !== undefined) onText(takeSuggestion(text, offer));
    setAt(0);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (offers.length === 0) return false;
    if (event.key === 'ArrowDown') setAt((at + 1) % offers.length);
    else if (event.key === 'ArrowUp') setAt((at + offers.length - 1) % offers.length);
    else if (event.key === 'Tab' || event.key === 'Enter') take();
    else if (event.key === 'Escape') setClosedFor(text);
    else return false;
    event.preventDefault();
    return true;
  };
  return { offers, chosen, take, onKey };
}
