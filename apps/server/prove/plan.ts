import { FAILPOINTS, type FailpointName } from '../src/saves/failpoints.ts';

/** Who dies: the server with all that works for it, or the server alone, so that its gits go on for a while. */
export const MODES = ['everything', 'server alone'] as const;
export type Mode = (typeof MODES)[number];

const ALL: readonly FailpointName[] = FAILPOINTS;

/** When the server is killed: at a named instant, or after so much of a whole Save's time (0 to 1.2). */
export type Instant =
  | { readonly kind: 'failpoint'; readonly name: FailpointName }
  | { readonly kind: 'random'; readonly share: number };

/** How the recovery is killed on its way: not at all, where a later instant is reached, or after milliseconds. */
export type SecondKill =
  | { readonly kind: 'none' }
  | { readonly kind: 'failpoint'; readonly name: FailpointName }
  | { readonly kind: 'after'; readonly ms: number };

/** One run of the proof. */
export interface Kill {
  readonly instant: Instant;
  readonly mode: Mode;
  readonly second: SecondKill;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32: small, and good enough to choose instants.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** So many runs: every failpoint in both modes and half as many random instants in each round, shuffled. */
export function planKills(runs: number, seed: number): readonly Kill[] {
  const random = makeRandom(seed);
  const kills: Kill[] = [];
  while (kills.length < runs) kills.push(...makeRound(random));
  // Every third recovery is killed as well.
  return kills
    .slice(0, runs)
    .map((kill, place) => (place % 3 === 0 ? { ...kill, second: chooseSecond(kill.instant, random) } : kill));
}

function makeRound(random: () => number): readonly Kill[] {
  const second: SecondKill = { kind: 'none' };
  const named = MODES.flatMap((mode) =>
    ALL.map((name): Kill => ({ instant: { kind: 'failpoint', name }, mode, second })),
  );
  const between = ALL.map((_, place): Kill => {
    const instant: Instant = { kind: 'random', share: random() * 1.2 };
    return { instant, mode: MODES[place % 2 === 0 ? 0 : 1], second };
  });
  return shuffle([...named, ...between], random);
}

function chooseSecond(instant: Instant, random: () => number): SecondKill {
  const passed = instant.kind === 'failpoint' ? ALL.indexOf(instant.name) : -1;
  const later = ALL.slice(passed + 1);
  const name = later[Math.floor(random() * later.length)];
  return name === undefined || random() < 0.4
    ? { kind: 'after', ms: Math.floor(random() * 3000) }
    : { kind: 'failpoint', name };
}

function shuffle<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
