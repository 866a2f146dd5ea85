import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { withWord } from './address-search.ts';
import { readWords } from './read-words.ts';

/** How a choice enters the history: `push` for one that Back should undo, `replace` for a step among neighbours. */
export type HowChosen = 'push' | 'replace';

/** Sets one word of the address, or takes it out with null. */
export type ChooseInAddress = (value: string | null, how?: HowChosen) => void;

/** Sets one word of the address, for whoever need not be drawn again when it changes; the function stays the same. */
export function useChooseInAddress(name: string): ChooseInAddress {
  const router = useRouter();
  const navigate = useNavigate();
  return useCallback<ChooseInAddress>(
    (next, how = 'push') => {
      // The router's own type comes from the routes, which load the panels: a panel takes it as unknown.
      if ((readWords(router.latestLocation.search)[name] ?? null) === next) return;
      void navigate({
        to: '.',
        // What another choice of the same moment has set stays.
        search: (latest: unknown) => withWord(readWords(latest), name, next),
        replace: how === 'replace',
      });
    },
    [name, navigate, router],
  );
}

/**
 * One selection, kept in the address: `const [file, chooseFile] = useAddressChoice('file')` reads `?file=`.
 * A reload and a shared link show the same; Back undoes a choice. Choosing what is chosen already changes nothing.
 */
export function useAddressChoice(name: string): readonly [value: string | null, choose: ChooseInAddress] {
  const value = useSearch({ strict: false, select: (search: unknown) => readWords(search)[name] ?? null });
  return [value, useChooseInAddress(name)];
}

/** Whether this very thing is chosen; of a long list only the two rows that change are drawn again. */
export function useIsChosen(name: string, value: string): boolean {
  return useSearch({ strict: false, select: (search: unknown) => readWords(search)[name] === value });
}
