import { CONFLICT_POLICIES } from '@thalogos/contracts';
import type { Judged, Replayed } from './replay.ts';

/** How many files a rule settled (alone or with others), and how many of those as the person did. */
export interface Tally {
  readonly rule: string;
  readonly settled: number;
  readonly asHuman: number;
}

/** Counts each rule on its own, then every rule together, then those that are on by default. */
export function tally(replayed: readonly Replayed[]): Tally[] {
  const all = replayed.flatMap((one) => one.all ?? []);
  const rules = CONFLICT_POLICIES.filter((rule) => rule !== 'generated').map((rule) =>
    count(
      rule,
      all.filter(({ by }) => by.split('+').includes(rule)),
    ),
  );
  const byDefault = replayed.flatMap((one) => one.byDefault ?? []);
  return [...rules, count('every rule', all), count('on by default', byDefault)];
}

function count(rule: string, judged: readonly Judged[]): Tally {
  return { rule, settled: judged.length, asHuman: judged.filter(({ isAsHuman }) => isAsHuman).length };
}

/** The tallies of some repositories side by side, as a table. */
export function makeTable(
  sources: readonly { readonly name: string; readonly replayed: readonly Replayed[] }[],
): string {
  const columns = sources.map(({ replayed }) => tally(replayed));
  const head = sources.map(({ name, replayed }) => `${name}: ${replayed.length} conflicted files`);
  const rows = (columns[0] ?? []).map(({ rule }, at) => {
    const cells = columns.map((column) => {
      const { settled = 0, asHuman = 0 } = column[at] ?? {};
      return settled === 0 ? '0' : `${settled}, as the person: ${asHuman}`;
    });
    return `| ${rule} | ${cells.join(' | ')} |`;
  });
  return [`| rule | ${head.join(' | ')} |`, `| --- |${' --: |'.repeat(sources.length)}`, ...rows].join('\n');
}
