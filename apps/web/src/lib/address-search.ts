/** What stands after the `?` of an address: words by name, every one a text. */
export type AddressSearch = Readonly<Record<string, string>>;

/** Reads what stands after the `?`; a number stays the text that it was written as. */
export function parseAddressSearch(text: string): AddressSearch {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Writes it again, readable where it may be: what can't be text is left out, and so is an empty rest. */
export function writeAddressSearch(search: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(search).filter((entry): entry is [string, string | number] =>
    ['string', 'number'].includes(typeof entry[1]),
  );
  const text = words
    .map(([name, value]) => `${encodeURIComponent(name)}=${readable(String(value))}`)
    .join('&');
  return text === '' ? '' : `?${text}`;
}

/** A path or a tag reads as one in the address bar: `/`, `:`, `@` and `,` mean nothing after the `?`. */
function readable(value: string): string {
  return encodeURIComponent(value).replace(/%(2F|3A|40|2C)/g, decodeURIComponent);
}

/** The same search with one word set, or taken out with null. */
export function withWord(search: AddressSearch, name: string, value: string | null): AddressSearch {
  const others = Object.entries(search).filter(([one]) => one !== name);
  return Object.fromEntries(value === null ? others : [...others, [name, value]]);
}
