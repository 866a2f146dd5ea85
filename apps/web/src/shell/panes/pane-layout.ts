import type { Arrangement, Pane, PaneColumn } from '@thalogos/contracts';

/** Where something is moved to. */
export type Side = 'left' | 'right' | 'up' | 'down';

/** A line between two neighbours that can be moved: between columns, or between panes of one column. */
export type Line =
  | { readonly kind: 'column'; readonly before: number }
  | { readonly kind: 'pane'; readonly column: number; readonly before: number };

const MOST_COLUMNS = 5;
const MOST_PANES = 4;
/** A neighbour never gets less than this part of the two. */
const LEAST = 0.12;

/** What stands there before anybody has arranged anything. */
export const FIRST_ARRANGEMENT: Arrangement = {
  columns: [
    { share: 5, panes: [{ id: 'a', address: '/', share: 1 }] },
    {
      share: 6,
      panes: [
        { id: 'b', address: '/graph', share: 3 },
        { id: 'c', address: '/inbox', share: 2 },
      ],
    },
  ],
};

/** All panes, from left to right and from above to below. */
export function panesOf({ columns }: Arrangement): readonly Pane[] {
  return columns.flatMap(({ panes }) => panes);
}

/** A name that no pane has yet. */
function freeId(arrangement: Arrangement): string {
  const taken = new Set(panesOf(arrangement).map(({ id }) => id));
  for (let each = 1; ; each += 1) if (!taken.has(`p${each}`)) return `p${each}`;
}

const average = (shares: readonly { share: number }[]) =>
  shares.length === 0 ? 1 : shares.reduce((sum, { share }) => sum + share, 0) / shares.length;

const newColumn = (columns: readonly PaneColumn[], pane: Pane): PaneColumn => ({
  share: average(columns),
  panes: [{ ...pane, share: 1 }],
});

/** Adds a pane: in a column of its own while there is room for one, else below the fewest; full changes nothing. */
export function addPane(arrangement: Arrangement, address: string): Arrangement {
  const { columns } = arrangement;
  const pane: Pane = { id: freeId(arrangement), address, share: 1 };
  if (columns.length < 3) return { columns: [...columns, newColumn(columns, pane)] };
  const fewest = columns.reduce((least, one) => (one.panes.length < least.panes.length ? one : least));
  if (fewest.panes.length >= MOST_PANES) return arrangement;
  return {
    columns: columns.map((one) =>
      one === fewest ? { ...one, panes: [...one.panes, { ...pane, share: average(one.panes) }] } : one,
    ),
  };
}

/** Takes a pane away, and its column where that is empty then. */
export function closePane({ columns }: Arrangement, id: string): Arrangement {
  return {
    columns: columns
      .map((column) => ({ ...column, panes: column.panes.filter((pane) => pane.id !== id) }))
      .filter(({ panes }) => panes.length > 0),
  };
}

function placeOf({ columns }: Arrangement, id: string) {
  const column = columns.findIndex(({ panes }) => panes.some((pane) => pane.id === id));
  const row = columns[column]?.panes.findIndex((pane) => pane.id === id) ?? -1;
  const pane = columns[column]?.panes[row];
  return pane === undefined ? null : { column, row, pane };
}

interface Gap {
  readonly column: number;
  readonly row: number;
}

/** Opens a column of its own for a pane; null where there are enough. */
function insertColumn({ columns }: Arrangement, pane: Pane, at: number): Arrangement | null {
  return columns.length >= MOST_COLUMNS
    ? null
    : { columns: columns.toSpliced(at, 0, newColumn(columns, pane)) };
}

/** Puts a pane into a column; null where it is full. */
function insertPane({ columns }: Arrangement, pane: Pane, at: Gap): Arrangement | null {
  const column = columns[at.column];
  if (column === undefined || column.panes.length >= MOST_PANES) return null;
  const panes = column.panes.toSpliced(at.row, 0, { ...pane, share: average(column.panes) });
  return { columns: columns.with(at.column, { ...column, panes }) };
}

/** Puts a pane at a side of another one; where there is no room nothing changes. */
export function putBeside(
  arrangement: Arrangement,
  id: string,
  { target, side }: { readonly target: string; readonly side: Side },
): Arrangement {
  const from = placeOf(arrangement, id);
  const rest = closePane(arrangement, id);
  const to = placeOf(rest, target);
  if (from === null || to === null) return arrangement;
  const isAfter = side === 'right' || side === 'down';
  const next =
    side === 'left' || side === 'right'
      ? insertColumn(rest, from.pane, to.column + (isAfter ? 1 : 0))
      : insertPane(rest, from.pane, { column: to.column, row: to.row + (isAfter ? 1 : 0) });
  return next ?? arrangement;
}

/** What a pane is put beside, and where, when it moves one step; null where it stands at the edge already. */
function stepTo({ columns }: Arrangement, { column, row, pane }: Gap & { pane: Pane }, side: Side) {
  const own = columns[column]?.panes ?? [];
  const by = side === 'up' || side === 'left' ? -1 : 1;
  if (side === 'up' || side === 'down') return beside(own[row + by], side);
  const next = columns[column + by]?.panes ?? [];
  return next.length > 0 ? beside(next[Math.min(row, next.length - 1)], 'up') : leaveColumn(own, pane, side);
}

function beside(pane: Pane | undefined, side: Side) {
  return pane === undefined ? null : { target: pane.id, side };
}

/** At the edge a pane that stands with others gets a column of its own. */
function leaveColumn(own: readonly Pane[], pane: Pane, side: Side) {
  return beside(
    own.find(({ id }) => id !== pane.id),
    side,
  );
}

/** Moves a pane one step: up and down within its column, left and right into the next one or a new one at the edge. */
export function movePane(arrangement: Arrangement, id: string, side: Side): Arrangement {
  const place = placeOf(arrangement, id);
  const step = place === null ? null : stepTo(arrangement, place, side);
  return step === null ? arrangement : putBeside(arrangement, id, step);
}

/** Moves a line between two neighbours by a part of their common room; both keep a rest. */
export function moveLine({ columns }: Arrangement, line: Line, by: number): Arrangement {
  if (line.kind === 'column') return { columns: shift(columns, line.before, by) };
  const column = columns[line.column];
  if (column === undefined) return { columns };
  return { columns: columns.with(line.column, { ...column, panes: shift(column.panes, line.before, by) }) };
}

function shift<T extends { readonly share: number }>(items: readonly T[], before: number, by: number): T[] {
  const [one, other] = [items[before], items[before + 1]];
  if (one === undefined || other === undefined) return [...items];
  const both = one.share + other.share;
  const share = both * Math.min(1 - LEAST, Math.max(LEAST, one.share / both + by));
  return items.with(before, { ...one, share }).with(before + 1, { ...other, share: both - share });
}

/** How much of the room of two neighbours the first one has, in percent. */
export function lineValue({ columns }: Arrangement, line: Line): number {
  const items = line.kind === 'column' ? columns : (columns[line.column]?.panes ?? []);
  const [one, other] = [items[line.before], items[line.before + 1]];
  return one === undefined || other === undefined
    ? 50
    : Math.round((100 * one.share) / (one.share + other.share));
}

/** Notes where a pane has gone to. */
export function movedTo({ columns }: Arrangement, id: string, address: string): Arrangement {
  return {
    columns: columns.map((column) => ({
      ...column,
      panes: column.panes.map((pane) => (pane.id === id ? { ...pane, address } : pane)),
    })),
  };
}
