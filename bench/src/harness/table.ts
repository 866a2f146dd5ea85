import { number } from './judge.ts';
import type { ReportRow } from './report.ts';

const HEAD = ['row', 'workload', 'side', 'measure', 'median', 'min', 'max', 'goal and what was measured'];

/** The cells of the table: a line for each measure of each side, the verdicts beside ours. */
export function cellsOf(rows: readonly ReportRow[]): readonly (readonly string[])[] {
  return [HEAD, ...rows.flatMap(linesOf)];
}

function linesOf({ row, workload, sides, verdicts }: ReportRow): string[][] {
  const judged = verdicts.map(
    ({ goal, measured, isMet }) => `${goal}: ${measured}${isMet ? '' : ', falls short'}`,
  );
  return sides.flatMap(({ name, role, measures }, side) =>
    Object.entries(measures).map(([measure, { median, min, max }], index) => [
      side + index === 0 ? row : '',
      side + index === 0 ? workload : '',
      role === 'peer' ? name : `${name} (${role})`,
      measure,
      ...[median, min, max].map(number),
      role === 'ours' && index === 0 ? judged.join('; ') : '',
    ]),
  );
}

/** The table for a terminal. */
export function asText(cells: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const isFigure = (column: number) => column >= 4 && column <= 6;
  return cells
    .map((line) =>
      line
        .map((cell, column) =>
          isFigure(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The table for a page. */
export function asMarkdown([head = [], ...lines]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, column) => (column >= 4 && column <= 6 ? '--:' : '---'));
  return [head, rule, ...lines].map(line).join('\n');
}
