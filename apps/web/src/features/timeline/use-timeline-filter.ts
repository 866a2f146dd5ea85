import { useAddressChoice } from '../../lib/use-address-choice.ts';
import type { FilterWords } from './timeline-filter.ts';

/** What one looks for, kept in the address, so that a link shows the same. */
export function useTimelineFilter(): {
  readonly words: FilterWords;
  set(name: keyof FilterWords, value: string | null): void;
  clear(): void;
} {
  const [q, setQ] = useAddressChoice('q');
  const [agent, setAgent] = useAddressChoice('agent');
  const [kind, setKind] = useAddressChoice('kind');
  const [by, setBy] = useAddressChoice('by');
  const [since, setSince] = useAddressChoice('since');
  const [until, setUntil] = useAddressChoice('until');
  const setters = { q: setQ, agent: setAgent, kind: setKind, by: setBy, since: setSince, until: setUntil };
  const set = (name: keyof FilterWords, value: string | null) =>
    setters[name](value === '' ? null : value, 'replace');
  return {
    words: { q, agent, kind, by, since, until },
    set,
    clear: () => {
      for (const setOne of Object.values(setters)) setOne(null, 'replace');
    },
  };
}
