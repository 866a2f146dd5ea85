import { hideMarks } from './hide-marks.ts';

/** What stands before the words of an item: list signs, `@agent` and `@role`, `[key]`, `after: key;`. */
const HEADER = /^(?:[#\s*-]+|\d+[.)]\s+|@[\w-]+\s+|\[[\w-]+\]\s+|after:[^;\n]*;\s*)+/;

/** The first words of a goal that say something to a person, without marks and without what only the planner reads. */
export function goalTitle(text: string): string {
  const lines = hideMarks(text)
    .split('\n')
    .map((line) => line.trim());
  const line = lines.find((one) => one !== '') ?? '';
  const words = line.replace(HEADER, '').trim();
  return words === '' ? line : words;
}
