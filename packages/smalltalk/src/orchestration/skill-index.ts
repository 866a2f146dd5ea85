import { TASK_WORDS } from './task-words.ts';
import { WORD_FIELDS } from './word-fields.ts';
import { toAllWords, toStem } from './words.ts';

const FIELDS_BY_WORD = invert(WORD_FIELDS);
const TASKS_BY_WORD = invert(TASK_WORDS);

/** The fields a word belongs to. */
export function fieldsOf(stem: string): ReadonlySet<string> {
  return FIELDS_BY_WORD.get(stem) ?? new Set();
}

/** The kinds of work that a text asks for, in the shortest form of their names. */
export function tasksOf(text: string): ReadonlySet<string> {
  const tasks = toAllWords(text).flatMap((word) => [...(TASKS_BY_WORD.get(word) ?? []), word]);
  return new Set(tasks.map(toStem));
}

function invert(lists: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [name, words] of Object.entries(lists))
    for (const word of [...toAllWords(words), ...toAllWords(name)])
      found.set(word, (found.get(word) ?? new Set()).add(name));
  return found;
}
