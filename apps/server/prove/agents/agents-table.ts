import { z } from 'zod';
import { whyNot } from './why-not.ts';

/** What came of one behaviour of one agent; `no` where it was claimed and is not so. */
const Cell = z.discriminatedUnion('result', [
  z.object({ result: z.enum(['yes', 'not offered']) }),
  z.object({ result: z.literal('no'), why: z.string() }),
]);

/** One agent of the table, as it was tried last. */
const Row = z.object({
  agent: z.string(),
  title: z.string(),
  version: z.string(),
  /** By the id of the behaviour. */
  cells: z.record(z.string(), Cell),
});

/** The table of agents as it is kept: one row for each that was ever tried. */
export const AgentsTable = z.array(Row);
export type AgentsTable = z.infer<typeof AgentsTable>;
export type Row = z.infer<typeof Row>;

/** A column of the table. */
export interface Column {
  readonly id: string;
  /** The sentence that is true where the cell says yes. */
  readonly says: string;
}

/** Puts the rows that were tried now in the place of earlier ones, in the order of the list of agents. */
export function mergeRows(kept: AgentsTable, tried: AgentsTable, order: readonly string[]): readonly Row[] {
  const rows = new Map([...kept, ...tried].map((row) => [row.agent, row]));
  return order.flatMap((agent) => rows.get(agent) ?? []);
}

/** The table as people read it: behaviours down, agents across, and below why a cell is not a yes. */
export function renderTable(rows: readonly Row[], columns: readonly Column[]): string {
  const head = rows.map(({ title, version }) => `${title} ${version}`);
  const lines = columns.map(({ id, says }) => [says, ...rows.map(({ cells }) => cells[id]?.result ?? '')]);
  const reasons = rows.flatMap((row) =>
    columns.flatMap(({ id, says }) => {
      const why = reasonOf(row, id);
      return why === null ? [] : [`- ${row.title}, ${says}: ${why}`];
    }),
  );
  const table = [['It …', ...head], ['---', ...head.map(() => '---')], ...lines];
  return [...table.map(toLine), ...(reasons.length === 0 ? [] : ['', ...reasons])].join('\n');
}

function reasonOf({ agent, cells }: Row, behaviour: string): string | null {
  const cell = cells[behaviour];
  if (cell === undefined || cell.result === 'yes') return null;
  return cell.result === 'no' ? cell.why : whyNot(agent, behaviour);
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** How many cells an agent claims and does not keep. */
export function countBroken(rows: readonly Row[]): number {
  return rows.flatMap(({ cells }) => Object.values(cells)).filter(({ result }) => result === 'no').length;
}
