import { expect, it } from 'vitest';
import { parseAddressSearch, withWord, writeAddressSearch } from './address-search.ts';

it('gives back every text as it was, also one that looks like a number or like JSON', () => {
  for (const value of ['12', '1e3', 'true', '{"a":1}', '"', 'ä 漢 😀', 'a&b=c', '+ %', 'src/a b.ts', ''])
    expect(parseAddressSearch(writeAddressSearch({ file: value }))).toEqual({ file: value });
});

it('keeps paths readable', () => {
  expect(writeAddressSearch({ file: 'src/a.ts', at: 12 })).toBe('?file=src/a.ts&at=12');
});

it('writes nothing where nothing is chosen', () => {
  expect(writeAddressSearch({ file: undefined, other: null })).toBe('');
});

it('changes one word and leaves the others', () => {
  const search = { task: 't-1', tab: 'plan' };
  expect(withWord(search, 'task', 't-2')).toEqual({ tab: 'plan', task: 't-2' });
  expect(withWord(search, 'tab', null)).toEqual({ task: 't-1' });
});
