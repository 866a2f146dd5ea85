import { z } from 'zod';
import { type AddressSearch, withWord } from '../../lib/address-search.ts';

const Words = z.record(z.string(), z.string());

/** What stands after the `?` with some words set, or taken out with null; the rest, such as what is looked for, stays. */
export function withWords(words: Readonly<Record<string, string | null>>) {
  return (old: unknown): AddressSearch =>
    Object.entries(words).reduce<AddressSearch>(
      (search, [name, value]) => withWord(search, name, value),
      Words.safeParse(old).data ?? {},
    );
}
