import { SearchKind } from '@thalogos/contracts';

/** The kinds that an address asks for; all of them where it names none that there is. */
export function kindsOf(address: string | null): readonly SearchKind[] {
  const named = (address ?? '').split(',');
  return SearchKind.options.filter((kind) => named.includes(kind));
}

/** The address of the kinds with one more, or one less; null for all of them. */
export function toggleKind(kinds: readonly SearchKind[], kind: SearchKind): string | null {
  const next = kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind];
  return next.length === 0 || next.length === SearchKind.options.length ? null : next.join(',');
}
