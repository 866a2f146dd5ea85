import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { joinReport, type Report } from './report.ts';
import { asMarkdown, cellsOf } from './table.ts';

const BEGIN = '<!-- begin: written by npm run bench -->';
const END = '<!-- end -->';

/** Keeps what was measured: the figures as JSON, and a section between two marks of a page that people write. */
export function writeResults(files: { readonly json: string; readonly page: string }, fresh: Report): void {
  const old = existsSync(files.json) ? (JSON.parse(readFileSync(files.json, 'utf8')) as Report) : null;
  const report = joinReport(old, fresh);
  writeWhole(files.json, `${JSON.stringify(report, null, 2)}\n`);
  writeWhole(files.page, withSection(readFileSync(files.page, 'utf8'), sectionOf(report)));
}

/** The page with its generated section replaced; throws when the page has lost its marks. */
export function withSection(page: string, section: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`The page has no ${BEGIN} … ${END} to write between`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${section}\n\n${page.slice(to)}`;
}

/** What the page says: the machine, the table, then what each row adds. */
export function sectionOf({ machine, rows }: Report): string {
  const { cpus, node, git, platform } = machine;
  const remarks = rows.map(({ row, workload, rounds, at, load, seen, notes }) => {
    const [before, after] = load.map((value) => value.toFixed(1));
    const told = [
      `${rounds} rounds at ${at}, load ${before} to ${after}`,
      `seen when the goal was set: ${seen}`,
      ...notes,
    ];
    return `- **${row}**, ${workload}: ${told.join('; ')}.`;
  });
  return [
    `${cpus} cores, Node ${node}, git ${git}, ${platform}.`,
    asMarkdown(cellsOf(rows)),
    remarks.join('\n'),
  ].join('\n\n');
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}
