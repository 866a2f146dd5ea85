import { CONFIGURATION } from './cases-configuration.ts';
import { SOURCE } from './cases-source.ts';
import type { Case, Names } from './case.ts';

const WORDS = ['alpha', 'bridge', 'cache', 'delta', 'engine', 'filter', 'gate', 'harbor', 'index', 'joint'];
const MORE = [
  'kernel',
  'ledger',
  'mirror',
  'notice',
  'orbit',
  'parser',
  'queue',
  'router',
  'signal',
  'tunnel',
];

/** Every case `rounds` times, with other names, numbers and line ends; the same seed gives the same cases. */
export function construct(rounds: number, seed: number): Case[] {
  const random = makeRandom(seed);
  return Array.from({ length: rounds }, () =>
    [...CONFIGURATION, ...SOURCE].map((make) =>
      withEnds(make(namesFrom(random)), random() < 0.2 ? '\r\n' : '\n'),
    ),
  ).flat();
}

function namesFrom(random: () => number): Names {
  const pick = (from: readonly string[], count: number) =>
    from
      .map((word) => ({ word, place: random() }))
      .toSorted((a, b) => a.place - b.place)
      .slice(0, count)
      .map(({ word }) => word);
  const number = () => 1 + Math.floor(random() * 90);
  return { known: pick(WORDS, 6), added: pick(MORE, 6), numbers: [number(), number(), number()] };
}

function withEnds(one: Case, end: string): Case {
  const change = (text: string | null) => text?.replaceAll('\n', end) ?? null;
  const { base, ours, theirs, human } = one;
  return { ...one, base: change(base), ours: change(ours), theirs: change(theirs), human: change(human) };
}

/** mulberry32. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
