import type { Row, Size } from './comparison.ts';

/** What the command line asked for, or why it can't be had. */
export type Choice =
  | { readonly kind: 'run'; readonly rows: readonly Row[]; readonly size: Size }
  | { readonly kind: 'wrong'; readonly message: string };

const OPTIONS: Readonly<Record<string, Size>> = { '--quick': 'quick', '--large': 'large' };

/** Reads `[--quick | --large] [row...]`; without a name every row is meant. */
export function chooseRows(known: readonly Row[], args: readonly string[]): Choice {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => !(arg in OPTIONS) && !known.some(({ name }) => name === arg));
  if (unknown !== undefined) {
    const all = known.map(({ name }) => name).join(', ');
    return {
      kind: 'wrong',
      message: `There is no row or option ${unknown}. Rows: ${all}. Options: --quick, --large.`,
    };
  }
  const [size = 'full'] = args.flatMap((arg) => OPTIONS[arg] ?? []);
  return {
    kind: 'run',
    rows: names.length === 0 ? known : known.filter(({ name }) => names.includes(name)),
    size,
  };
}
