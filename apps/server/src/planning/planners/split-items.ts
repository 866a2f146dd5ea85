/** One top-level list item of a goal: its text without the bullet and the indentation; `line` counts from 1. */
export interface Item {
  readonly line: number;
  readonly text: string;
}

const BULLET = /^([ \t]*)([-*]|\d{1,9}\.)([ \t]+|$)/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const TAB = 4;

/** A list item that is being read. */
interface OpenItem {
  readonly line: number;
  readonly lines: string[];
  /** Column of the bullet; what is indented deeper belongs to the item. */
  readonly indent: number;
  /** Column of the item's own text. */
  readonly content: number;
}

/**
 * Every top-level list item of a Markdown text with everything indented below it, or null where there is no list.
 *
 * Lines inside a code fence at the margin are never items; text at the margin belongs to no item.
 */
export function splitItems(lines: readonly string[]): readonly Item[] | null {
  const items: OpenItem[] = [];
  let item: OpenItem | null = null;
  let fence: string | null = null;
  for (const [index, line] of lines.entries()) {
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      continue;
    }
    if (item !== null && belongsTo(item, line)) {
      item.lines.push(withoutColumns(line, item.content));
      continue;
    }
    item = openItem(line, index + 1);
    if (item !== null) items.push(item);
    else fence = openFence(line);
  }
  return items.length === 0 ? null : items.map((each) => ({ line: each.line, text: each.lines.join('\n') }));
}

function openItem(line: string, number: number): OpenItem | null {
  const match = BULLET.exec(line);
  if (match === null || isRule(line)) return null;
  const [whole, space = '', bullet = ''] = match;
  const indent = columns(space);
  // Deeper than that, Markdown reads an indented block of code.
  if (indent >= TAB) return null;
  const after = indent + bullet.length + 1;
  return { line: number, lines: [line.slice(whole.length)], indent, content: after };
}

function belongsTo(item: OpenItem, line: string): boolean {
  const space = /^[ \t]*/.exec(line)?.[0] ?? '';
  return space.length === line.length || columns(space) > item.indent;
}

/** `* * *` and `- - -` are rules across the page, not items. */
function isRule(line: string): boolean {
  const marks = line.replaceAll(/[ \t]/g, '');
  return /^(?:-{3,}|\*{3,})$/.test(marks);
}

function openFence(line: string): string | null {
  return FENCE.exec(line)?.[1] ?? null;
}

function closes(line: string, fence: string): boolean {
  const end = FENCE.exec(line)?.[1];
  return end?.startsWith(fence) === true && line.trim() === end;
}

function columns(space: string): number {
  let column = 0;
  for (const char of space) column += char === '\t' ? TAB - (column % TAB) : 1;
  return column;
}

/** Takes up to `count` columns of indentation away; a tab that reaches further leaves the rest as blanks. */
function withoutColumns(line: string, count: number): string {
  let column = 0;
  let at = 0;
  while (column < count && (line[at] === ' ' || line[at] === '\t')) {
    column += line[at] === '\t' ? TAB - (column % TAB) : 1;
    at += 1;
  }
  return ' '.repeat(Math.max(0, column - count)) + line.slice(at);
}
